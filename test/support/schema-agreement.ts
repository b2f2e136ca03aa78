import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect } from "vitest";
import { Fault } from "../../lambdas/core/fault.ts";
import { formatChecks, nameError } from "../../lambdas/http/formats.ts";
import type { Schema } from "../../lambdas/http/schema.ts";
import { validate } from "../../lambdas/http/validation.ts";
import { nearlyValid } from "./near-schema.ts";

type RequestPart = "body" | "query";
type UnknownMembers = "refused" | "dropped";

/** Another validator, with our formats and Nova's bounds for numeric text. */
function compileValidator(schema: object) {
  const ajv = new Ajv2020({ strict: false, logger: false, unicodeRegExp: false });
  for (const [name, fits] of Object.entries(formatChecks)) ajv.addFormat(name, fits);
  const isName = (text: string) => nameError(text) === null;
  ajv.addFormat("name", isName);
  ajv.addFormat("az_name", (text: string) => isName(text) && !text.includes(":"));
  const isNameWithBlanks = (text: string) => {
    const bare = text.replace(/^\p{Zs}+|\p{Zs}+$/gu, "");
    return bare !== "" && isName(bare);
  };
  ajv.addFormat("name_with_leading_trailing_spaces", isNameWithBlanks);
  // nova/api/validation/parameter_types.py:189 leaves out colons here too
  ajv.addFormat(
    "az_name_with_leading_trailing_spaces",
    (text: string) => isNameWithBlanks(text) && !text.includes(":"),
  );
  for (const format of ["cidr", "uri"]) ajv.addFormat(format, true);
  const number = (value: unknown) =>
    typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  const bound = (keyword: string, holds: (value: number, bound: number) => boolean) =>
    ajv.addKeyword({
      keyword,
      validate: (limit: number, value: unknown) => {
        const numeric = number(value);
        return typeof numeric !== "number" || holds(numeric, limit);
      },
    });
  bound("least", (value, limit) => value >= limit);
  bound("most", (value, limit) => value <= limit);
  const compiled = ajv.compile(withTextBounds(schema) as object);
  return (value: unknown): boolean => compiled(value) === true;
}

function withTextBounds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withTextBounds);
  if (typeof schema !== "object" || schema === null) return schema;
  const names: Record<string, string> = { minimum: "least", maximum: "most" };
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      (typeof value === "number" && names[keyword]) || keyword,
      keyword === "enum" || keyword === "required" ? value : withTextBounds(value),
    ]),
  );
}

function acceptsValue(
  schema: Schema,
  value: unknown,
  part: RequestPart,
  unknownMembers: UnknownMembers,
): boolean {
  try {
    validate(schema, value, { part, unknownMembers });
    return true;
  } catch (cause) {
    if (cause instanceof Fault && ["invalid", "malformed"].includes(cause.refusal.kind))
      return false;
    throw cause;
  }
}

/** /v2 drops unknown members (nova/api/validation/validators.py:200). */
function withUnknownsDropped(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withUnknownsDropped);
  if (typeof schema !== "object" || schema === null) return schema;
  const { additionalProperties, ...rest } = schema as Schema;
  const strict = additionalProperties === false && rest.patternProperties !== undefined;
  return Object.fromEntries([
    ...Object.entries(rest).map(([keyword, value]) => [keyword, withUnknownsDropped(value)]),
    ...(strict ? [["additionalProperties", false]] : []),
  ]);
}

/** Expects both schemas to agree on values near either. */
export function expectAgreement(
  ours: Schema,
  nova: Schema,
  part: RequestPart,
  runs: number,
  unknown: UnknownMembers = "refused",
): void {
  const isValidForNova = compileValidator(
    unknown === "dropped" ? (withUnknownsDropped(nova) as Schema) : nova,
  );
  const seen = { true: 0, false: 0 };
  const property = fc.property(fc.oneof(nearlyValid(nova), nearlyValid(ours)), (value) => {
    const expected = isValidForNova(value);
    seen[`${expected}`]++;
    expect(acceptsValue(ours, value, part, unknown)).toBe(expected);
  });
  // Takes more samples of rarely accepted values.
  for (let round = 0; round < 20 && (round === 0 || !seen.true || !seen.false); round++)
    fc.assert(property, { numRuns: runs });
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(0);
}
