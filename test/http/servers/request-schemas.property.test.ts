import { describe, expect, test } from "vitest";
import { type Schema, schemaAt } from "../../../lambdas/http/schema.ts";
import { lockServer } from "../../../lambdas/servers/actions/lock-server.ts";
import { createServer } from "../../../lambdas/servers/create-server.ts";
import { listSchema } from "../../../lambdas/servers/list-schema.ts";
import { updateServer } from "../../../lambdas/servers/update-server.ts";
import { hasNovaSchemas, novaSchema } from "../../support/nova-schemas.ts";
import { agree } from "../../support/schema-agreement.ts";

/** Of each operation the versions at which Nova's schema becomes another. */
const held: readonly [name: string, ours: Schema, part: "body" | "query", versions: number[]][] = [
  [
    "servers.create",
    createServer.body as Schema,
    "body",
    [1, 19, 32, 33, 37, 42, 52, 57, 63, 67, 74, 90, 94],
  ],
  ["servers.update", updateServer.body as Schema, "body", [1, 19, 90, 94]],
  ["servers.index_query", listSchema, "query", [1, 26, 66, 73, 75]],
  ["lock_server.lock", lockServer.body as Schema, "body", [1, 73]],
];

const nameAt = (name: string, version: number) => (version === 1 ? name : `${name}_v2${version}`);

describe.runIf(hasNovaSchemas)("our schemas take what Nova's take, and nothing else", () => {
  for (const [name, ours, part, versions] of held)
    for (const [index, version] of versions.entries()) {
      const last = (versions[index + 1] ?? 97) - 1;
      test(`${name} at 2.${version} and 2.${last}`, () => {
        for (const at of new Set([version, last]))
          agree(schemaAt(ours, at), novaSchema(nameAt(name, version)) as Schema, part, 400);
      }, 30_000);

      test(`${name} at 2.${version} has the members that Nova's has`, () => {
        expect(membersOf(schemaAt(ours, version))).toEqual(
          membersOf(novaSchema(nameAt(name, version)) as Schema),
        );
      });
    }
});

/** Every member there is, wherever, and the words that may stand in it. */
function membersOf(schema: Schema, at = ""): string[] {
  const within = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
      `${at}/${name}`,
      ...membersOf(member, `${at}/${name}`),
    ]),
    ...(schema.items ? membersOf(schema.items, `${at}[]`) : []),
    ...(schema.oneOf ?? []).flatMap((one) => membersOf(one, `${at}|`)),
    ...(schema.enum ?? []).map((value) => `${at}=${value}`),
  ];
  return [...new Set(within)].sort();
}

console.info(
  `request schemas: ${held.length} operations at ${held.reduce((sum, [, , , versions]) => sum + versions.length, 0)} versions`,
);
