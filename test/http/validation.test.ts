import { expect, test } from "vitest";
import { metadata } from "../../lambdas/compute/servers/schema-fields.ts";
import { Fault } from "../../lambdas/core/fault.ts";
import type { Schema } from "../../lambdas/http/schema.ts";
import { validated } from "../../lambdas/http/validation.ts";
import { dialectOf } from "../../lambdas/services.ts";

const spoken = {
  ...{
    now: 0,
    caller: null,
    origin: "",
    door: "",
    unversionedDoor: "",
    path: "",
    accept: "",
    microversion: 1,
    consoles: () => "",
    region: "",
  },
  query: new URLSearchParams(),
};

/** What Nova would say of the value as the member `field` of a body, or of a query. */
function said(schema: Schema, value: unknown, part: "body" | "query" = "body"): string | null {
  try {
    validated(
      { type: "object", properties: { field: schema } },
      { field: value },
      { part, unknown: "refused" },
    );
    return null;
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    const { body } = dialectOf("/v2.1", {}).refuse(cause.refusal, spoken);
    return (body as { badRequest: { message: string } }).badRequest.message;
  }
}

const of = (shown: string, reason: string) =>
  `Invalid input for field/attribute field. Value: ${shown}. ${reason}`;

const list: Schema = { type: "array", items: { type: "integer" }, maxItems: 1 };

/** What is checked, the value, and the words of Python's jsonschema for it. */
const texts: readonly [what: string, schema: Schema, value: unknown, text: string][] = [
  ["type", { type: "string" }, null, of("None", "None is not of type 'string'")],
  ["type of true", { type: "integer" }, true, of("True", "True is not of type 'integer'")],
  ["type of false", { type: "string" }, false, of("False", "False is not of type 'string'")],
  [
    "type of a list",
    { type: "object" },
    ["a", 1],
    of("['a', 1]", "['a', 1] is not of type 'object'"),
  ],
  [
    "type of an object",
    { type: "array" },
    { a: { b: null } },
    of("{'a': {'b': None}}", "{'a': {'b': None}} is not of type 'array'"),
  ],
  ["several types", { type: ["string", "null"] }, 1, of("1", "1 is not of type 'string', 'null'")],
  ["enum", { enum: ["a", 1, true, null] }, "b", of("b", "'b' is not one of ['a', 1, True, None]")],
  [
    "required",
    { type: "object", required: ["a", "b"] },
    {},
    of("{}", "'a' is a required property"),
  ],
  [
    "an unknown member",
    { type: "object", additionalProperties: false },
    { zz: 1 },
    of("{'zz': 1}", "Additional properties are not allowed ('zz' was unexpected)"),
  ],
  [
    "unknown members, in order",
    { type: "object", additionalProperties: false },
    { z: 1, a: 2 },
    of("{'z': 1, 'a': 2}", "Additional properties are not allowed ('a', 'z' were unexpected)"),
  ],
  [
    "a key of no pattern",
    metadata,
    { "a/b": "c" },
    of("{'a/b': 'c'}", "'a/b' does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'"),
  ],
  [
    "keys of no pattern",
    metadata,
    { "b/": "c", "a/": "c" },
    of(
      "{'b/': 'c', 'a/': 'c'}",
      "'a/', 'b/' do not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'",
    ),
  ],
  ["too many items", list, [1, 2], of("[1, 2]", "[1, 2] is too long")],
  ["too short", { minLength: 2 }, "a", of("a", "'a' is too short")],
  ["too long", { maxLength: 2 }, "abc", of("abc", "'abc' is too long")],
  ["pattern", { pattern: "^[0-9]+$" }, "a", of("a", "'a' does not match '^[0-9]+$'")],
  ["minimum", { minimum: 1 }, 0, of("0", "0 is less than the minimum of 1")],
  ["minimum of text", { minimum: 1 }, "0", of("0", "0 is less than the minimum of 1")],
  ["maximum", { maximum: 5 }, 6, of("6", "6 is greater than the maximum of 5")],
  ["format", { format: "uuid" }, "x", of("x", "'x' is not a 'uuid'")],
  [
    "none of several",
    { oneOf: [{ type: "string" }, { type: "null" }] },
    1,
    of("1", "1 is not valid under any of the given schemas"),
  ],
  ["quotes in text", { enum: [] }, "it's", of("it's", `"it's" is not one of []`)],
  ["both quotes in text", { enum: [] }, `'"`, of(`'"`, `'\\'"' is not one of []`)],
  [
    "signs in text",
    { enum: [] },
    "a\n\t\\\u0000é\u00a0🚀",
    of("a\n\t\\\u0000é\u00a0🚀", "'a\\n\\t\\\\\\x00é\\xa0🚀' is not one of []"),
  ],
  ["fractions", { type: "integer" }, 1.5, of("1.5", "1.5 is not of type 'integer'")],
];

for (const [what, schema, value, text] of texts)
  test(`Python's words for ${what}`, () => {
    expect(said(schema, value)).toBe(text);
  });

test("of a list the place that is told is the index, as Nova's last step is", () => {
  expect(said(list, ["a"])).toBe(
    "Invalid input for field/attribute 0. Value: a. 'a' is not of type 'integer'",
  );
});

test("of a query the parameter is told, not the place in its list", () => {
  expect(said(list, ["a"], "query")).toBe(
    "Invalid input for query parameters field. Value: a. 'a' is not of type 'integer'",
  );
});

test("code points are counted, not halves of them", () => {
  expect(said({ maxLength: 2 }, "🚀🚀")).toBe(null);
  expect(said({ maxLength: 1 }, "🚀🚀")).toBe(of("🚀🚀", "'🚀🚀' is too long"));
});
