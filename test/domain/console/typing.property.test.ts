import fc from "fast-check";
import { expect, test } from "vitest";
import { restingServer } from "../../../infra/local/resting.ts";
import type { ConsoleGrant, ConsoleType } from "../../../lambdas/compute/model/console-grant.ts";
import { typedSince } from "../../../lambdas/compute/model/guest-boot-log.ts";
import { typeOver, type Weather } from "../../support/bad-network.ts";
import { rfbViewing, terminalViewing } from "../../support/virtual-viewer.ts";

const begin = Date.UTC(2026, 0, 15, 12);
const server = restingServer("active", begin - 3_600_000);
const prompt = "root@web-1:~# ";

const grantOf = (type: ConsoleType): ConsoleGrant => ({
  project: server.project,
  server: server.id,
  type,
  expires: begin + 600_000,
  epoch: 0,
  user: "somebody",
  overLock: false,
});

const kinds = {
  terminal: () => ({ grant: grantOf("serial"), viewing: terminalViewing() }),
  "rfb that asks": () => ({ grant: grantOf("xvpvnc"), viewing: rfbViewing({ continuous: false }) }),
  "rfb that is told": () => ({
    grant: grantOf("novnc"),
    viewing: rfbViewing({ continuous: true }),
  }),
} as const;

/** Each types letters of their own, so that it can be told who typed what. */
const alphabets = ["ABCDEFG", "HIJKLMN", "OPQRSTU"] as const;

const weather = fc.record<Weather>({
  seed: fc.integer(),
  delay: fc.constantFrom(20, 200, 900),
  lost: fc.constantFrom(0, 5, 20),
  twice: fc.constantFrom(0, 5, 20),
});

const typists = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])),
      typed: fc.array(fc.nat(7), { minLength: 1, maxLength: 160, size: "max" }),
    }),
    { minLength: 1, maxLength: alphabets.length },
  )
  .map((all) =>
    all.map(({ kind, typed }, who) => {
      const alphabet = alphabets[who] ?? "";
      // now and then a line ends
      const text = typed.map((key) => alphabet[key % 8] ?? "\n").join("");
      return { kind, text: `${text}${alphabet[0]}\n` };
    }),
  );

test("what is typed over a bad network arrives whole, in order and once, and everybody sees it", () => {
  fc.assert(
    fc.property(weather, typists, (over, asked) => {
      const all = asked.map(({ kind, text }) => ({ ...kinds[kind](), text }));
      const { lines, screen } = typeOver(over, server, begin, all);
      const typed = typedSince(server, lines, begin + 60_000)
        .split("\n")
        .filter((line) => line.startsWith(prompt))
        .map((line) => line.slice(prompt.length))
        .join("");
      all.forEach(({ text }, who) => {
        const own = [...typed].filter((char) => alphabets[who]?.includes(char)).join("");
        expect(own).toBe(text.replaceAll("\n", ""));
      });
      for (const { viewing } of all) expect(viewing.shows(screen)).toBe(true);
    }),
    { numRuns: 50 },
  );
}, 60_000);
