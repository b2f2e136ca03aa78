import { describe, expect, test } from "vitest";
import { type Schema, schemaAt } from "../../lambdas/http/schema.ts";
import {
  latestMinor,
  legacySchemaName,
  minorVersionsOf,
  operationPairsOf,
  type SchemaRange,
  schemaRangesOf,
} from "../support/conformance.ts";
import { hasNovaSchemas, readNovaSchema } from "../support/nova-schemas.ts";
import { operations } from "../support/register.ts";
import { expectAgreement } from "../support/schema-agreement.ts";

const operationPairs = operations.flatMap(operationPairsOf);

describe.runIf(hasNovaSchemas)("an operation exists at exactly the versions of Nova's", () => {
  test.each(operationPairs)("$operation.id", ({ operation: { versions = {} }, nova }) => {
    const { since = 1, until = latestMinor } = versions;
    expect({ since, until }).toEqual(minorVersionsOf(nova));
  });
});

interface SchemaPair {
  readonly id: string;
  readonly part: "body" | "query";
  readonly ours: Schema | undefined;
  readonly range: SchemaRange;
}

const schemaPairs: readonly SchemaPair[] = operationPairs.flatMap(
  ({ operation: { id, body, query }, nova }) => [
    ...schemaRangesOf(nova, "request").map((range) => ({
      id,
      part: "body" as const,
      ours: body,
      range,
    })),
    ...schemaRangesOf(nova, "query").map((range) => ({
      id,
      part: "query" as const,
      ours: query,
      range,
    })),
  ],
);

/** A schema that accepts anything: Nova does not check these. */
const isOpen = ({ properties = {}, additionalProperties }: Schema): boolean =>
  Object.keys(properties).length === 0 && additionalProperties !== false;

/** A schema of an action's name only, which is checked earlier. */
const isNameAlone = ({ properties = {} }: Schema): boolean =>
  Object.values(properties).every((value) => Object.keys(value).length === 0);

/** Intended differences (docs/differences.md). */
const knownDifferences = new Map([
  ["compute/get-rdp-console", "is refused as measured on 26.2.2, today's Nova takes anything"],
]);

describe.runIf(hasNovaSchemas)("our schemas accept exactly what Nova's accept", () => {
  for (const { id, part, ours, range } of schemaPairs.filter(
    (one) => !knownDifferences.has(one.id),
  ))
    test(`${id}: ${part}, 2.${range.since} to 2.${range.until}`, () => {
      const novas = readNovaSchema(range.name) as Schema;
      if (!ours) {
        expect(part === "query" ? isOpen(novas) : isNameAlone(novas)).toBe(true);
        return;
      }
      expect(memberPaths(schemaAt(ours, range.since))).toEqual(memberPaths(novas));
      for (const at of new Set([range.since, range.until]))
        expectAgreement(schemaAt(ours, at), novas, part, 150);
    }, 60_000);
});

const legacyPairs = operationPairs.flatMap(
  ({ operation: { id, body, versions: { since = 1 } = {} }, nova }) => {
    const name = legacySchemaName(nova);
    return name && body && since === 1 ? [{ id, body, name }] : [];
  },
);

const knownLegacyDifferences = new Map([
  ...knownDifferences,
  ["compute/create-keypair", "Nova looks at the letters of the name later, and refuses them too"],
  ["compute/create-image", "blanks around the name are taken (docs/differences.md)"],
  ["compute/create-server-group", "blanks around the name are taken (docs/differences.md)"],
]);

describe.runIf(hasNovaSchemas)("on /v2 they accept exactly what Nova's accept there", () => {
  test.each(legacyPairs.filter(({ id }) => !knownLegacyDifferences.has(id)))(
    "$id",
    ({ body, name }) => {
      expectAgreement(schemaAt(body, 1), readNovaSchema(name) as Schema, "body", 150, "dropped");
    },
  );
});

function memberPaths(schema: Schema, at = ""): string[] {
  const within = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
      `${at}/${name}`,
      ...memberPaths(member, `${at}/${name}`),
    ]),
    ...(schema.items ? memberPaths(schema.items, `${at}[]`) : []),
    ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap((one) => memberPaths(one, at)),
  ];
  return [...new Set(within)].sort();
}

console.info(
  `requests: ${new Set(schemaPairs.map(({ id }) => id)).size} operations, ${schemaPairs.length} schemas of Nova's, up to 2.${latestMinor}; on /v2 ${legacyPairs.length}`,
);
