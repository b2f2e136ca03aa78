import { expect, test } from "vitest";
import { metadataField } from "../../lambdas/compute/servers/schema-fields.ts";
import { Fault } from "../../lambdas/core/fault.ts";
import type { Schema } from "../../lambdas/http/schema.ts";
import { validate } from "../../lambdas/http/validation.ts";
import { dialectOf } from "../../lambdas/services.ts";

const requestContext = {
  ...{
    now: 0,
    caller: null,
    origin: "",
    mountPath: "",
    unversionedMountPath: "",
    path: "",
    accept: "",
    microversion: 1,
    consoles: () => "",
    region: "",
  },
  query: new URLSearchParams(),
};

function messageOf(schema: Schema, value: unknown, part: "body" | "query" = "body"): string | null {
  try {
    validate(
      { type: "object", properties: { field: schema } },
      { field: value },
      { part, unknownMembers: "refused" },
    );
    return null;
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    const { body } = dialectOf("/v2.1", {}).refuse(cause.refusal, requestContext);
    return (body as { badRequest: { message: string } }).badRequest.message;
  }
}

const fieldError = (shown: string, reason: string) =>
  `Invalid input for field/attribute field. Value: ${shown}. ${reason}`;

const arraySchema: Schema = { type: "array", items: { type: "integer" }, maxItems: 1 };

/** The case, the value, and the message of Python's jsonschema. */
const messageCases: readonly [what: string, schema: Schema, value: unknown, text: string][] = [
  ["type", { type: "string" }, null, fieldError("None", "None is not of type 'string'")],
  ["type of true", { type: "integer" }, true, fieldError("True", "True is not of type 'integer'")],
  [
    "type of false",
    { type: "string" },
    false,
    fieldError("False", "False is not of type 'string'"),
  ],
  [
    "type of a list",
    { type: "object" },
    ["a", 1],
    fieldError("['a', 1]", "['a', 1] is not of type 'object'"),
  ],
  [
    "type of an object",
    { type: "array" },
    { a: { b: null } },
    fieldError("{'a': {'b': None}}", "{'a': {'b': None}} is not of type 'array'"),
  ],
  [
    "several types",
    { type: ["string", "null"] },
    1,
    fieldError("1", "1 is not of type 'string', 'null'"),
  ],
  [
    "enum",
    { enum: ["a", 1, true, null] },
    "b",
    fieldError("b", "'b' is not one of ['a', 1, True, None]"),
  ],
  [
    "required",
    { type: "object", required: ["a", "b"] },
    {},
    fieldError("{}", "'a' is a required property"),
  ],
  [
    "an unknown member",
    { type: "object", additionalProperties: false },
    { zz: 1 },
    fieldError("{'zz': 1}", "Additional properties are not allowed ('zz' was unexpected)"),
  ],
  [
    "unknown members, in order",
    { type: "object", additionalProperties: false },
    { z: 1, a: 2 },
    fieldError(
      "{'z': 1, 'a': 2}",
      "Additional properties are not allowed ('a', 'z' were unexpected)",
    ),
  ],
  [
    "a key of no pattern",
    metadataField,
    { "a/b": "c" },
    fieldError(
      "{'a/b': 'c'}",
      "'a/b' does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'",
    ),
  ],
  [
    "keys of no pattern",
    metadataField,
    { "b/": "c", "a/": "c" },
    fieldError(
      "{'b/': 'c', 'a/': 'c'}",
      "'a/', 'b/' do not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'",
    ),
  ],
  ["too many items", arraySchema, [1, 2], fieldError("[1, 2]", "[1, 2] is too long")],
  ["too short", { minLength: 2 }, "a", fieldError("a", "'a' is too short")],
  ["too long", { maxLength: 2 }, "abc", fieldError("abc", "'abc' is too long")],
  ["pattern", { pattern: "^[0-9]+$" }, "a", fieldError("a", "'a' does not match '^[0-9]+$'")],
  ["minimum", { minimum: 1 }, 0, fieldError("0", "0 is less than the minimum of 1")],
  ["minimum of text", { minimum: 1 }, "0", fieldError("0", "0 is less than the minimum of 1")],
  ["maximum", { maximum: 5 }, 6, fieldError("6", "6 is greater than the maximum of 5")],
  ["format", { format: "uuid" }, "x", fieldError("x", "'x' is not a 'uuid'")],
  [
    "none of several",
    { oneOf: [{ type: "string" }, { type: "null" }] },
    1,
    fieldError("1", "1 is not valid under any of the given schemas"),
  ],
  ["quotes in text", { enum: [] }, "it's", fieldError("it's", `"it's" is not one of []`)],
  ["both quotes in text", { enum: [] }, `'"`, fieldError(`'"`, `'\\'"' is not one of []`)],
  [
    "signs in text",
    { enum: [] },
    "a\n\t\\\u0000é\u00a0🚀",
    fieldError("a\n\t\\\u0000é\u00a0🚀", "'a\\n\\t\\\\\\x00é\\xa0🚀' is not one of []"),
  ],
  ["fractions", { type: "integer" }, 1.5, fieldError("1.5", "1.5 is not of type 'integer'")],
];

for (const [what, schema, value, text] of messageCases)
  test(`Python's message for ${what}`, () => {
    expect(messageOf(schema, value)).toBe(text);
  });

test("a list error names the index, as the last step of Nova's path", () => {
  expect(messageOf(arraySchema, ["a"])).toBe(
    "Invalid input for field/attribute 0. Value: a. 'a' is not of type 'integer'",
  );
});

test("a query error names the parameter, not its place in the list", () => {
  expect(messageOf(arraySchema, ["a"], "query")).toBe(
    "Invalid input for query parameters field. Value: a. 'a' is not of type 'integer'",
  );
});

test("lengths count code points, not UTF-16 units", () => {
  expect(messageOf({ maxLength: 2 }, "🚀🚀")).toBe(null);
  expect(messageOf({ maxLength: 1 }, "🚀🚀")).toBe(fieldError("🚀🚀", "'🚀🚀' is too long"));
});
