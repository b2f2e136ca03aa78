import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Claims } from "../../lambdas/identity/model/identity.ts";
import { startCloud } from "../support/cloud.ts";
import { readItems } from "../support/items.ts";
import { testClaims } from "../support/tokens.ts";
import { checkKind } from "./fixtures/check.ts";
import { fill } from "./fixtures/fill.ts";
import { newestHeaders } from "./fixtures/fixture-files.ts";
import { kinds } from "./fixtures/kinds.ts";
import { cloudStoredBy, newest, storedAnswers, storedItems, versions } from "./fixtures/stored.ts";
import { kindOf, storedNames } from "./fixtures/stored-names.ts";

/** The fixtures that name what they hold; older ones hold too little. */
const complete = versions.filter((version) => storedAnswers(version).names);

const titled = kinds.map((kind) => ({
  ...kind,
  verbs: new Intl.ListFormat("en-GB").format([
    ...["read", "listed"],
    ...(kind.change.length > 0 ? ["changed"] : []),
    ...(kind.remove ? ["deleted"] : []),
  ]),
}));

describe.each(complete)("a data folder of %s", (version) => {
  test.each(titled)(`$kind that ${version} stored can be $verbs`, async (kind) => {
    await checkKind(await cloudStoredBy(version), kind);
  });

  test(`a token that ${version} revoked is refused`, async () => {
    const { call, environment, items, now } = await cloudStoredBy(version);
    const revoked = items.filter(({ pk }) => pk?.S === "REVOKED");
    const good = async (over: Partial<Claims>): Promise<number> => {
      const claims = { id: "good", expires: now() + 60_000, ...over };
      const token = await environment.tokens.issue(testClaims("demo", claims));
      const options = { as: null, headers: { "x-auth-token": token } };
      return (await call("GET", "/v2.1/flavors", options)).status;
    };
    const markedBy: Record<string, (id: string) => Partial<Claims>> = {
      user: (id) => ({ user: { id, name: "u" } }),
      role: (id) => ({ otherRoles: { r: id } }),
    };

    expect(revoked).toHaveLength(3);
    for (const { sk, through } of revoked) {
      const [kind = "", id = ""] = sk?.S?.split(":") ?? [];
      const marked = markedBy[kind]?.(id) ?? { id: kind };
      const issued = Number(through?.N);
      const statuses = [await good({ issued }), await good({ ...marked, issued })];
      expect([sk?.S, ...statuses]).toEqual([sk?.S, 200, 401]);
    }
  });
});

test("this version stores every member under the name that it has in the newest fixtures", {
  timeout: 120_000,
}, async () => {
  const { at, call, now, pass, table, token, environment } = await startCloud();
  const settings = environment.settings as { softDelete: boolean };
  await fill({
    ...{ at, now, pass, token },
    backend: environment.backend(),
    async send(request, body, as = "demo", headers = {}) {
      const [method = "", path = ""] = request.split(" ");
      const options = { as, headers: { ...newestHeaders, ...headers }, body };
      const { status, text } = await call(method, path, options);
      if (status >= 300) throw new Error(`${request}: ${status} ${text}`);
      return /^[{[]/.test(text) ? JSON.parse(text) : text;
    },
    deleteSoftly(softly) {
      settings.softDelete = softly;
    },
  });
  const written = new Set(storedNames(await readItems(table)));

  const hint = "Data folders hold these names: read both, and write new fixtures beside the old.";
  expect(
    storedNames(storedItems(newest)).filter((name) => !written.has(name)),
    hint,
  ).toEqual([]);
});

describe("the fixtures", () => {
  const held = [...new Set(storedItems(newest).map(kindOf))].sort();

  test("of the newest version hold every collection and kind of item that the code names", () => {
    const hint =
      "Add the collection to test/store/fixtures/kinds.ts and fill.ts, and write fixtures.";
    expect(wordsOf(held), hint).toEqual(namesInCode());
  });

  test("of the newest version hold no kind of item that kinds.ts does not test", () => {
    const tested = new Set([...kinds.flatMap(({ stores }) => stores), "REVOKED"]);
    expect([...tested].sort()).toEqual(held);
  });
});

const wordsOf = (all: readonly string[]): string[] =>
  [...new Set(all.flatMap((kind) => kind.split(" ")))].sort();

function namesInCode(): string[] {
  const root = join(import.meta.dirname, "../../lambdas");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  const text = files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("\n");
  const patterns = [
    /`([A-Z][A-Z_-]+)#\$\{/g,
    /\b(?:name|pk|sk): (?:\{ S: )?"([A-Z][A-Z_-]+)"/g,
    /\(records, "([A-Z][A-Z_-]+)"/g,
    /\bconst \w+ = "([A-Z][A-Z_-]+)";/g,
  ];
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name));
  return [...new Set(found.flatMap((name) => name ?? []))].sort();
}
