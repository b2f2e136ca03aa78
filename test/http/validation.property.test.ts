import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createImageMetadata } from "../../lambdas/compute/images/create-image-metadata.ts";
import { updateImageMetadata } from "../../lambdas/compute/images/update-image-metadata.ts";
import { createImage } from "../../lambdas/compute/servers/actions/create-image.ts";
import { getVncConsole } from "../../lambdas/compute/servers/actions/get-vnc-console.ts";
import { rebootServer } from "../../lambdas/compute/servers/actions/reboot-server.ts";
import { createServer } from "../../lambdas/compute/servers/create/create-server.ts";
import { updateServer } from "../../lambdas/compute/servers/update-server.ts";
import { Fault } from "../../lambdas/core/fault.ts";
import { formatChecks, legacyNameError, nameError } from "../../lambdas/http/formats.ts";
import { type Schema, schemaAt } from "../../lambdas/http/schema.ts";
import { validate } from "../../lambdas/http/validation.ts";
import { nearlyValid } from "../support/near-schema.ts";
import { hasNovaSchemas, readNovaSchema } from "../support/nova-schemas.ts";

type UnknownMembers = "refused" | "dropped";

/** Without the additions of /v2, which has its own schemas (test/conformance). */
const withoutLegacy = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema, (key, value) => (key === "legacy" ? undefined : value)));

const ourSchemas = {
  "servers.create": withoutLegacy(schemaAt(createServer.body as Schema, 1)),
  "servers.update": schemaAt(updateServer.body as Schema, 1),
  "servers.reboot": rebootServer.body,
  "servers.create_image": createImage.body,
  "remote_consoles.get_vnc_console": getVncConsole.body,
  "image_metadata.create": createImageMetadata.body,
  "image_metadata.update": updateImageMetadata.body,
} as Record<string, Schema>;

/**
 * Ajv with our formats and Nova's additions: bounds for numeric text, unknown members dropped by
 * schema.
 */
function compileValidator(schema: object, unknown: UnknownMembers) {
  const ajv = new Ajv2020({ strict: false, logger: false });
  for (const [name, fits] of Object.entries(formatChecks)) ajv.addFormat(name, fits);
  const objection = unknown === "refused" ? nameError : legacyNameError;
  ajv.addFormat("name", (text: string) => objection(text) === null);
  const bound = (keyword: string, holds: (value: number, bound: number) => boolean) =>
    ajv.addKeyword({
      keyword,
      validate: (limit: number, value: unknown) => {
        const number =
          typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
        return typeof number !== "number" || holds(number, limit);
      },
    });
  bound("least", (value, limit) => value >= limit);
  bound("most", (value, limit) => value <= limit);
  const compiled = ajv.compile(adaptSchema(schema, unknown) as object);
  return (value: unknown): boolean => compiled(value) === true;
}

function adaptSchema(schema: unknown, unknown: UnknownMembers): unknown {
  if (Array.isArray(schema)) return schema.map((one) => adaptSchema(one, unknown));
  if (typeof schema !== "object" || schema === null) return schema;
  const names: Record<string, string> = { minimum: "least", maximum: "most" };
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([keyword]) =>
          keyword !== "additionalProperties" ||
          unknown === "refused" ||
          "patternProperties" in schema,
      )
      .map(([keyword, value]) => [
        (typeof value === "number" && names[keyword]) || keyword,
        keyword === "enum" || keyword === "required" ? value : adaptSchema(value, unknown),
      ]),
  );
}

function acceptsValue(schema: Schema, value: unknown, unknownMembers: UnknownMembers): boolean {
  try {
    validate(schema, value, { part: "body", unknownMembers });
    return true;
  } catch (cause) {
    if (cause instanceof Fault && ["invalid", "malformed"].includes(cause.refusal.kind))
      return false;
    throw cause;
  }
}

function expectAgreement(schema: Schema, other: Schema, runs: number) {
  for (const unknown of ["refused", "dropped"] as const) {
    const fits = compileValidator(other, unknown);
    const seen = { true: 0, false: 0 };
    fc.assert(
      fc.property(nearlyValid(other), (value) => {
        const expected = fits(value);
        seen[`${expected}`]++;
        expect(acceptsValue(schema, value, unknown)).toBe(expected);
      }),
      { numRuns: runs },
    );
    // Guards against a generator with one kind of value.
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(runs / 100);
  }
}

for (const [name, schema] of Object.entries(ourSchemas))
  test(`${name}: our walker accepts exactly what another validator accepts`, () => {
    expectAgreement(schema, schema, 1_500);
  });

for (const [name, schema] of Object.entries(ourSchemas))
  test.skipIf(!hasNovaSchemas)(
    `${name}: our schema accepts exactly what Nova's own accepts`,
    () => {
      expectAgreement(schema, readNovaSchema(name), 1_500);
    },
  );
