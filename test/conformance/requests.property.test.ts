import { describe, expect, test } from "vitest";
import { type Schema, schemaAt } from "../../lambdas/http/schema.ts";
import {
  knownOf,
  latest,
  legacyOf,
  type Range,
  rangesOf,
  versionsOf,
} from "../support/conformance.ts";
import { hasNovaSchemas, novaSchema } from "../support/nova-schemas.ts";
import { operations } from "../support/register.ts";
import { agree } from "../support/schema-agreement.ts";

const known = operations.flatMap(knownOf);

describe.runIf(hasNovaSchemas)("an operation is there at the versions at which Nova has it", () => {
  test.each(known)("$operation.id", ({ operation: { versions = {} }, novas }) => {
    const { since = 1, until = latest } = versions;
    expect({ since, until }).toEqual(versionsOf(novas));
  });
});

interface Held {
  readonly id: string;
  readonly part: "body" | "query";
  readonly ours: Schema | undefined;
  readonly range: Range;
}

const held: readonly Held[] = known.flatMap(({ operation: { id, body, query }, novas }) => [
  ...rangesOf(novas, "request").map((range) => ({ id, part: "body" as const, ours: body, range })),
  ...rangesOf(novas, "query").map((range) => ({ id, part: "query" as const, ours: query, range })),
]);

/** A schema that takes anything: Nova's way to say that it does not look. */
const isOpen = ({ properties = {}, additionalProperties }: Schema): boolean =>
  Object.keys(properties).length === 0 && additionalProperties !== false;

/** One that says the name of an action alone, which is looked at before any schema is. */
const isNameAlone = ({ properties = {} }: Schema): boolean =>
  Object.values(properties).every((value) => Object.keys(value).length === 0);

/** What differs on purpose (docs/differences.md). */
const different = new Map([
  ["compute/get-rdp-console", "is refused as measured on 26.2.2, today's Nova takes anything"],
]);

describe.runIf(hasNovaSchemas)("our schemas take what Nova's take, and nothing else", () => {
  for (const { id, part, ours, range } of held.filter((one) => !different.has(one.id)))
    test(`${id}: ${part}, 2.${range.since} to 2.${range.until}`, () => {
      const novas = novaSchema(range.name) as Schema;
      if (!ours) {
        expect(part === "query" ? isOpen(novas) : isNameAlone(novas)).toBe(true);
        return;
      }
      expect(membersOf(schemaAt(ours, range.since))).toEqual(membersOf(novas));
      for (const at of new Set([range.since, range.until]))
        agree(schemaAt(ours, at), novas, part, 150);
    }, 60_000);
});

const legacy = known.flatMap(({ operation: { id, body, versions: { since = 1 } = {} }, novas }) => {
  const name = legacyOf(novas);
  return name && body && since === 1 ? [{ id, body, name }] : [];
});

/** What differs there on purpose. */
const differentThere = new Map([
  ...different,
  ["compute/create-keypair", "Nova looks at the letters of the name later, and refuses them too"],
  ["compute/create-image", "blanks around the name are taken (docs/differences.md)"],
  ["compute/create-server-group", "blanks around the name are taken (docs/differences.md)"],
]);

describe.runIf(hasNovaSchemas)("on the old /v2 they take what Nova's take there", () => {
  test.each(legacy.filter(({ id }) => !differentThere.has(id)))("$id", ({ body, name }) => {
    agree(schemaAt(body, 1), novaSchema(name) as Schema, "body", 150, "dropped");
  });
});

/** Every member there is, wherever; what no value comes near to may differ, a name may not. */
function membersOf(schema: Schema, at = ""): string[] {
  const within = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
      `${at}/${name}`,
      ...membersOf(member, `${at}/${name}`),
    ]),
    ...(schema.items ? membersOf(schema.items, `${at}[]`) : []),
    ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap((one) => membersOf(one, at)),
  ];
  return [...new Set(within)].sort();
}

console.info(
  `requests: ${new Set(held.map(({ id }) => id)).size} operations, ${held.length} schemas of Nova's, up to 2.${latest}; on /v2 ${legacy.length}`,
);
