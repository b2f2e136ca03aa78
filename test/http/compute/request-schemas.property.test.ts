import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Fault } from "../../../lambdas/domain/fault.ts";
import { formats, objectionToLegacyName, objectionToName } from "../../../lambdas/http/formats.ts";
import type { AnyOperation } from "../../../lambdas/http/operation.ts";
import { type Schema, schemaAt } from "../../../lambdas/http/schema.ts";
import { validated } from "../../../lambdas/http/validation.ts";
import { near } from "../../support/near-schema.ts";
import { hasNovaSchemas, novaSchema } from "../../support/nova-schemas.ts";
import { operations } from "../../support/register.ts";

type Part = "body" | "query";

/** Nova's schemas of an operation, by the first version that each is for. */
const table: readonly [id: string, part: Part, schemas: Readonly<Record<number, string>>][] = [
  ["flavors/create-flavor", "body", { 1: "flavors.create", 55: "flavors.create_v255" }],
  ["flavors/update-flavor", "body", { 55: "flavors.update" }],
  ["flavors/list-flavors", "query", { 1: "flavors.index_query" }],
  ["flavors/list-flavor-details", "query", { 1: "flavors.index_query" }],
  ["flavors/add-extra-specs", "body", { 1: "flavors_extraspecs.create" }],
  ["flavors/set-extra-spec", "body", { 1: "flavors_extraspecs.update" }],
  [
    "keypairs/create-keypair",
    "body",
    {
      1: "keypairs.create",
      2: "keypairs.create_v22",
      10: "keypairs.create_v210",
      92: "keypairs.create_v292",
    },
  ],
  [
    "keypairs/list-keypairs",
    "query",
    {
      10: "keypairs.index_query_v210",
      35: "keypairs.index_query_v235",
      75: "keypairs.index_query_v275",
    },
  ],
  ["keypairs/show-keypair", "query", { 75: "keypairs.show_query_v275" }],
  ["keypairs/delete-keypair", "query", { 75: "keypairs.show_query_v275" }],
  [
    "quotas/update-quotas",
    "body",
    { 1: "quota_sets.update", 36: "quota_sets.update_v236", 57: "quota_sets.update_v257" },
  ],
  [
    "quotas/update-quota-class",
    "body",
    {
      1: "quota_classes.update",
      50: "quota_classes.update_v250",
      57: "quota_classes.update_v257",
    },
  ],
  ["quotas/show-limits", "query", { 1: "limits.index_query", 75: "limits.index_query_v275" }],
  [
    "quotas/list-usages",
    "query",
    {
      1: "simple_tenant_usage.index_query",
      40: "simple_tenant_usage.index_query_v240",
      75: "simple_tenant_usage.index_query_v275",
    },
  ],
  [
    "quotas/show-usage",
    "query",
    {
      1: "simple_tenant_usage.show_query",
      40: "simple_tenant_usage.show_query_v240",
      75: "simple_tenant_usage.show_query_v275",
    },
  ],
  [
    "server-groups/create-group",
    "body",
    {
      1: "server_groups.create",
      15: "server_groups.create_v215",
      64: "server_groups.create_v264",
    },
  ],
  [
    "server-groups/list-groups",
    "query",
    { 1: "server_groups.index_query", 75: "server_groups.index_query_v275" },
  ],
  [
    "hosts/list-hypervisors",
    "query",
    { 33: "hypervisors.index_query_v233", 53: "hypervisors.index_query_v253" },
  ],
  ["hosts/show-hypervisor", "query", { 53: "hypervisors.show_query_v253" }],
  ["hosts/list-services", "query", { 1: "services.index_query", 75: "services.index_query_v275" }],
  [
    "hosts/update-service",
    "body",
    { 1: "services.update", 11: "services.update_v211", 53: "services.update_v253" },
  ],
  ["hosts/create-aggregate", "body", { 1: "aggregates.create" }],
  ["hosts/update-aggregate", "body", { 1: "aggregates.update" }],
  ["hosts/list-hosts", "query", { 1: "hosts.index_query" }],
  [
    "hosts/list-migrations",
    "query",
    {
      1: "migrations.index_query_v20",
      59: "migrations.index_query_v259",
      66: "migrations.index_query_v266",
      80: "migrations.index_query_v280",
    },
  ],
];

/** Of one version there is a range, and both of its ends are looked at. */
const cases = table.flatMap(([id, part, schemas]) => {
  const firsts = Object.keys(schemas).map(Number);
  return firsts.flatMap((first, index) =>
    [...new Set([first, Math.min((firsts[index + 1] ?? 97) - 1, lastOf(id))])].map((version) => ({
      id,
      part,
      version,
      name: schemas[first] ?? "",
    })),
  );
});

function operationOf(id: string): AnyOperation {
  const operation = operations.find((one) => one.id === id);
  if (!operation) throw new Error(`no operation ${id}`);
  return operation;
}

function lastOf(id: string): number {
  return operationOf(id).versions?.until ?? 96;
}

/** Nova's validator, as another knows it: bounds hold for text that is a number too. */
function novaAccepts(name: string) {
  const ajv = new Ajv2020({ strict: false, logger: false, unicodeRegExp: false });
  for (const [format, fits] of Object.entries(formats)) ajv.addFormat(format, fits);
  ajv.addFormat("name", (text: string) => objectionToName(text) === null);
  ajv.addFormat(
    "name_with_leading_trailing_spaces",
    (text: string) => objectionToLegacyName(text) === null,
  );
  ajv.addFormat("az_name", (text: string) => objectionToName(text) === null && !text.includes(":"));
  const bound = (keyword: string, holds: (value: number, limit: number) => boolean) =>
    ajv.addKeyword({
      keyword,
      validate: (limit: number, value: unknown) => {
        const numeric = typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
        const number = numeric ? Number(value) : value;
        return typeof number !== "number" || holds(number, limit);
      },
    });
  bound("least", (value, limit) => value >= limit);
  bound("most", (value, limit) => value <= limit);
  const fits = ajv.compile(renamed(novaSchema(name)) as object);
  return (value: unknown) => fits(value) === true;
}

function renamed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(renamed);
  if (typeof schema !== "object" || schema === null) return schema;
  const names: Record<string, string> = { minimum: "least", maximum: "most" };
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      (typeof value === "number" && names[keyword]) || keyword,
      keyword === "enum" ? value : renamed(value),
    ]),
  );
}

/** With the formats that values can be made of. */
const generable = (schema: object): unknown =>
  JSON.parse(JSON.stringify(schema).replace(/"format":"(az_)?name[a-z_]*"/g, '"format":"name"'));

function accepts(schema: Schema, value: unknown, part: Part): boolean {
  try {
    validated(schema, value, { part, unknown: "refused" });
    return true;
  } catch (cause) {
    if (cause instanceof Fault && ["invalid", "malformed"].includes(cause.refusal.kind))
      return false;
    throw cause;
  }
}

for (const { id, part, version, name } of cases)
  test.skipIf(!hasNovaSchemas)(`${id} at 2.${version} takes what ${name} takes`, () => {
    const schema = schemaAt(operationOf(id)[part] ?? {}, version);
    const fits = novaAccepts(name);
    const seen = { true: 0, false: 0 };
    fc.assert(
      fc.property(fc.oneof(near(schema), near(generable(novaSchema(name)) as Schema)), (value) => {
        const expected = fits(value);
        seen[`${expected}`]++;
        expect(accepts(schema, value, part)).toBe(expected);
      }),
      { numRuns: 600, seed: 8 },
    );
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(0);
  });
