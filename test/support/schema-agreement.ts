import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect } from "vitest";
import { Fault } from "../../lambdas/core/fault.ts";
import { formats, objectionToName } from "../../lambdas/http/formats.ts";
import type { Schema } from "../../lambdas/http/schema.ts";
import { validated } from "../../lambdas/http/validation.ts";
import { near } from "./near-schema.ts";

type Part = "body" | "query";
type Unknown = "refused" | "dropped";

/** Another validator, with our formats and with Nova's own bounds for numbers that are text. */
function validatorOf(schema: object) {
  const ajv = new Ajv2020({ strict: false, logger: false, unicodeRegExp: false });
  for (const [name, fits] of Object.entries(formats)) ajv.addFormat(name, fits);
  const isName = (text: string) => objectionToName(text) === null;
  ajv.addFormat("name", isName);
  ajv.addFormat("az_name", (text: string) => isName(text) && !text.includes(":"));
  const inBlanks = (text: string) => {
    const bare = text.replace(/^\p{Zs}+|\p{Zs}+$/gu, "");
    return bare !== "" && isName(bare);
  };
  ajv.addFormat("name_with_leading_trailing_spaces", inBlanks);
  ajv.addFormat("az_name_with_leading_trailing_spaces", inBlanks);
  for (const format of ["cidr", "uri"]) ajv.addFormat(format, true);
  const number = (value: unknown) =>
    typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  const bound = (keyword: string, holds: (value: number, bound: number) => boolean) =>
    ajv.addKeyword({
      keyword,
      validate: (limit: number, value: unknown) => {
        const given = number(value);
        return typeof given !== "number" || holds(given, limit);
      },
    });
  bound("least", (value, limit) => value >= limit);
  bound("most", (value, limit) => value <= limit);
  const compiled = ajv.compile(adapted(schema) as object);
  return (value: unknown): boolean => compiled(value) === true;
}

function adapted(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(adapted);
  if (typeof schema !== "object" || schema === null) return schema;
  const names: Record<string, string> = { minimum: "least", maximum: "most" };
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      (typeof value === "number" && names[keyword]) || keyword,
      keyword === "enum" || keyword === "required" ? value : adapted(value),
    ]),
  );
}

function accepts(schema: Schema, value: unknown, part: Part, unknown: Unknown): boolean {
  try {
    validated(schema, value, { part, unknown });
    return true;
  } catch (cause) {
    if (cause instanceof Fault && ["invalid", "malformed"].includes(cause.refusal.kind))
      return false;
    throw cause;
  }
}

/** As the old /v2 has it: what is not known is dropped (nova/api/validation/validators.py:200). */
function softened(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(softened);
  if (typeof schema !== "object" || schema === null) return schema;
  const { additionalProperties, ...rest } = schema as Schema;
  const strict = additionalProperties === false && rest.patternProperties !== undefined;
  return Object.fromEntries([
    ...Object.entries(rest).map(([keyword, value]) => [keyword, softened(value)]),
    ...(strict ? [["additionalProperties", false]] : []),
  ]);
}

/** Our schema takes what Nova's takes and nothing else, of values that are near either of them. */
export function agree(
  ours: Schema,
  novas: Schema,
  part: Part,
  runs: number,
  unknown: Unknown = "refused",
): void {
  const fits = validatorOf(unknown === "dropped" ? (softened(novas) as Schema) : novas);
  const seen = { true: 0, false: 0 };
  const property = fc.property(fc.oneof(near(novas), near(ours)), (value) => {
    const expected = fits(value);
    seen[`${expected}`]++;
    expect(accepts(ours, value, part, unknown)).toBe(expected);
  });
  // values of one kind alone prove nothing: of what is seldom taken it takes more of them
  for (let round = 0; round < 20 && (round === 0 || !seen.true || !seen.false); round++)
    fc.assert(property, { numRuns: runs });
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(0);
}
