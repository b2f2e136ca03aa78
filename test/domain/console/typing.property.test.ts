import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleServer } from "../../../infra/local/sample-server.ts";
import type { ConsoleGrant, ConsoleType } from "../../../lambdas/compute/model/console-grant.ts";
import { typedTextSinceBoot } from "../../../lambdas/compute/model/guest-boot-log.ts";
import { type NetworkFaults, simulateTyping } from "../../support/faulty-network.ts";
import { rfbVirtualViewer, terminalViewer } from "../../support/virtual-viewer.ts";

const startTime = Date.UTC(2026, 0, 15, 12);
const server = sampleServer("active", startTime - 3_600_000);
const prompt = "root@web-1:~# ";

const grantOf = (type: ConsoleType): ConsoleGrant => ({
  project: server.project,
  server: server.id,
  type,
  expires: startTime + 600_000,
  epoch: 0,
  user: "somebody",
  overLock: false,
});

const viewerKinds = {
  terminal: () => ({ grant: grantOf("serial"), viewer: terminalViewer() }),
  "rfb that asks": () => ({
    grant: grantOf("xvpvnc"),
    viewer: rfbVirtualViewer({ continuous: false }),
  }),
  "rfb that is told": () => ({
    grant: grantOf("novnc"),
    viewer: rfbVirtualViewer({ continuous: true }),
  }),
} as const;

/** Letters of each typist, so that the output shows the source. */
const alphabets = ["ABCDEFG", "HIJKLMN", "OPQRSTU"] as const;

const networkFaults = fc.record<NetworkFaults>({
  seed: fc.integer(),
  maxDelayMs: fc.constantFrom(20, 200, 900),
  lostPercent: fc.constantFrom(0, 5, 20),
  repeatedPercent: fc.constantFrom(0, 5, 20),
});

const typists = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(viewerKinds) as (keyof typeof viewerKinds)[])),
      typed: fc.array(fc.nat(7), { minLength: 1, maxLength: 160, size: "max" }),
    }),
    { minLength: 1, maxLength: alphabets.length },
  )
  .map((all) =>
    all.map(({ kind, typed }, who) => {
      const alphabet = alphabets[who] ?? "";
      const text = typed.map((key) => alphabet[key % 8] ?? "\n").join("");
      return { kind, text: `${text}${alphabet[0]}\n` };
    }),
  );

test("property: input over a bad network arrives complete, in order and once, on every viewer", () => {
  fc.assert(
    fc.property(networkFaults, typists, (over, inputs) => {
      const all = inputs.map(({ kind, text }) => ({ ...viewerKinds[kind](), text }));
      const { lines, screen } = simulateTyping(over, server, startTime, all);
      const typed = typedTextSinceBoot(server, lines, startTime + 60_000)
        .split("\n")
        .filter((line) => line.startsWith(prompt))
        .map((line) => line.slice(prompt.length))
        .join("");
      all.forEach(({ text }, who) => {
        const own = [...typed].filter((char) => alphabets[who]?.includes(char)).join("");
        expect(own).toBe(text.replaceAll("\n", ""));
      });
      for (const { viewer } of all) expect(viewer.isShowing(screen)).toBe(true);
    }),
    { numRuns: 50 },
  );
}, 60_000);
