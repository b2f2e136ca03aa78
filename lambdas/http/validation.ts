import { Fault } from "../core/fault.ts";
import { repr } from "../core/python-json.ts";
import { formatChecks, legacyNameError, nameError } from "./formats.ts";
import type { Schema, TypeName } from "./schema.ts";

/**
 * Validates a value and returns it, or throws the first error that Python's jsonschema reports, in
 * its words (nova/api/validation/validators.py:318, docs/decisions/0003). `unknown`: v2.1 refuses
 * members that the schema does not name, the old v2 drops them
 * (nova/api/validation/validators.py:196).
 */
export function validate(
  schema: Schema,
  value: unknown,
  { part, unknownMembers }: { part: "body" | "query"; unknownMembers: "refused" | "dropped" },
): unknown {
  return checkSchema(schema, value, { part, unknownMembers, path: [] });
}

interface ValidationContext {
  readonly part: "body" | "query";
  readonly unknownMembers: "refused" | "dropped";
  readonly path: readonly string[];
}

type KeywordCheck = (schema: Schema, value: unknown, place: ValidationContext) => unknown;

/** Each keyword returns the value or throws. */
const keywordChecks: Record<string, KeywordCheck> = {
  type({ type = [] }, value, context) {
    const names = typeof type === "string" ? [type] : type;
    if (names.some((name) => isOfType(name, value))) return value;
    throw validationError(
      context,
      value,
      `${repr(value)} is not of type ${names.map(repr).join(", ")}`,
    );
  },

  properties({ properties = {} }, value, context) {
    if (!isRecord(value)) return value;
    const checked = { ...value };
    for (const [name, schema] of Object.entries(properties))
      if (Object.hasOwn(value, name))
        checked[name] = checkSchema(schema, value[name], childContext(context, name));
    return checked;
  },

  patternProperties({ patternProperties = {} }, value, context) {
    if (!isRecord(value)) return value;
    for (const [pattern, schema] of Object.entries(patternProperties))
      for (const name of Object.keys(value).filter((name) => new RegExp(pattern).test(name)))
        checkSchema(schema, value[name], childContext(context, name));
    return value;
  },

  additionalProperties(schema, value, context) {
    if (schema.additionalProperties !== false || !isRecord(value)) return value;
    const patterns = Object.keys(schema.patternProperties ?? {});
    const extra = Object.keys(value).filter(
      (name) =>
        !Object.hasOwn(schema.properties ?? {}, name) &&
        !patterns.some((pattern) => new RegExp(pattern).test(name)),
    );
    if (extra.length === 0) return value;
    if (patterns.length > 0)
      throw validationError(
        context,
        value,
        `${extra.sort().map(repr).join(", ")} ${extra.length === 1 ? "does" : "do"} not match any of the regexes: ${patterns.map(repr).join(", ")}`,
      );
    if (context.unknownMembers === "dropped")
      return Object.fromEntries(Object.entries(value).filter(([name]) => !extra.includes(name)));
    throw validationError(
      context,
      value,
      `Additional properties are not allowed (${extra.sort().map(repr).join(", ")} ${extra.length === 1 ? "was" : "were"} unexpected)`,
    );
  },

  required({ required = [] }, value, context) {
    if (!isRecord(value)) return value;
    const missing = required.find((name) => !Object.hasOwn(value, name));
    if (missing === undefined) return value;
    throw validationError(context, value, `${repr(missing)} is a required property`);
  },

  minProperties({ minProperties = 0 }, value, context) {
    if (!isRecord(value) || Object.keys(value).length >= minProperties) return value;
    throw validationError(context, value, `${repr(value)} does not have enough properties`);
  },

  maxProperties({ maxProperties = 0 }, value, context) {
    if (!isRecord(value) || Object.keys(value).length <= maxProperties) return value;
    throw validationError(context, value, `${repr(value)} has too many properties`);
  },

  items({ items = {} }, value, context) {
    if (!Array.isArray(value)) return value;
    return value.map((item, index) =>
      checkSchema(items, item, childContext(context, String(index))),
    );
  },

  minItems({ minItems = 0 }, value, context) {
    if (!Array.isArray(value) || value.length >= minItems) return value;
    throw validationError(context, value, `${repr(value)} is too short`);
  },

  uniqueItems({ uniqueItems }, value, context) {
    if (!uniqueItems || !Array.isArray(value)) return value;
    if (new Set(value.map((item) => JSON.stringify(item))).size === value.length) return value;
    throw validationError(context, value, `${repr(value)} has non-unique elements`);
  },

  maxItems({ maxItems = 0 }, value, context) {
    if (!Array.isArray(value) || value.length <= maxItems) return value;
    throw validationError(context, value, `${repr(value)} is too long`);
  },

  enum(schema, value, context) {
    if (schema.enum?.includes(value)) return value;
    throw validationError(context, value, `${repr(value)} is not one of ${repr(schema.enum)}`);
  },

  oneOf({ oneOf = [] }, value, context) {
    const matching = oneOf.filter((schema) => matchesSchema(schema, value, context));
    if (matching.length === 1) return value;
    throw validationError(
      context,
      value,
      matching.length === 0
        ? `${repr(value)} is not valid under any of the given schemas`
        : `${repr(value)} is valid under each of ${matching.map(repr).join(", ")}`,
    );
  },

  anyOf({ anyOf = [] }, value, context) {
    if (anyOf.some((schema) => matchesSchema(schema, value, context))) return value;
    throw validationError(
      context,
      value,
      `${repr(value)} is not valid under any of the given schemas`,
    );
  },

  format({ format }, value, context) {
    if (typeof value !== "string" || format === undefined) return value;
    if (format === "name") {
      const error = (context.unknownMembers === "dropped" ? legacyNameError : nameError)(value);
      if (error === null) return value;
      throw new Fault({
        kind: "malformed",
        reason: `An invalid 'name' value was provided. The name must be: ${error}`,
      });
    }
    if (formatChecks[format](value)) return value;
    throw validationError(context, value, `${repr(value)} is not a ${repr(format)}`);
  },

  pattern({ pattern = "", linearPattern = pattern }, value, context) {
    if (typeof value !== "string" || new RegExp(linearPattern, "u").test(value)) return value;
    throw validationError(context, value, `${repr(value)} does not match ${repr(pattern)}`);
  },

  minLength({ minLength = 0 }, value, context) {
    if (typeof value !== "string" || codePointCount(value) >= minLength) return value;
    throw validationError(context, value, `${repr(value)} is too short`);
  },

  maxLength({ maxLength = 0 }, value, context) {
    if (typeof value !== "string" || codePointCount(value) <= maxLength) return value;
    throw validationError(context, value, `${repr(value)} is too long`);
  },

  // Nova applies these two to numeric strings too (nova/api/validation/validators.py:334)
  minimum({ minimum = 0 }, value, context) {
    if (!isNumeric(value) || Number(value) >= minimum) return value;
    throw validationError(
      context,
      value,
      `${Number(value)} is less than the minimum of ${minimum}`,
    );
  },

  maximum({ maximum = 0 }, value, context) {
    if (!isNumeric(value) || Number(value) <= maximum) return value;
    throw validationError(
      context,
      value,
      `${Number(value)} is greater than the maximum of ${maximum}`,
    );
  },

  exclusiveMinimum({ exclusiveMinimum = 0 }, value, context) {
    if (typeof value !== "number" || value > exclusiveMinimum) return value;
    throw validationError(
      context,
      value,
      `${value} is less than or equal to the minimum of ${exclusiveMinimum}`,
    );
  },
};

function checkSchema(schema: Schema, value: unknown, context: ValidationContext): unknown {
  if (schema.legacy && context.unknownMembers === "dropped")
    return checkSchema(schema.legacy, value, context);
  let checked = value;
  for (const keyword of Object.keys(schema))
    checked = keywordChecks[keyword]?.(schema, checked, context) ?? checked;
  return checked;
}

function matchesSchema(schema: Schema, value: unknown, context: ValidationContext): boolean {
  try {
    checkSchema(schema, value, context);
    return true;
  } catch {
    return false;
  }
}

const childContext = (context: ValidationContext, segment: string): ValidationContext => ({
  ...context,
  path: [...context.path, segment],
});

function validationError({ part, path }: ValidationContext, value: unknown, reason: string): Fault {
  const field = (part === "query" ? path[0] : path.at(-1)) ?? null;
  return new Fault({ kind: "invalid", part, field, value, reason });
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isOfType(name: TypeName, value: unknown): boolean {
  if (name === "object") return isRecord(value);
  if (name === "array") return Array.isArray(value);
  if (name === "null") return value === null;
  if (name === "integer") return Number.isInteger(value);
  return name === typeof value;
}

const isNumeric = (value: unknown): boolean =>
  typeof value === "number" ||
  (typeof value === "string" && /^\s*[-+]?\d+(\.\d+)?\s*$/.test(value));

/** Code points, as Python counts. */
const codePointCount = (text: string): number => [...text].length;
