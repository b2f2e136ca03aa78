import fc, { type Arbitrary } from "fast-check";
import type { Format, Schema, TypeName } from "../../lambdas/http/schema.ts";

const anyJson: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 1.5, "", "0", "1", "x", [], {}, [null]),
  fc.jsonValue({ maxDepth: 2 }),
);

const hex = (length: number) =>
  fc.array(fc.constantFrom(..."0123456789abcdefABCDEF"), {
    minLength: length,
    maxLength: length,
  });

const anyUuid = fc
  .tuple(hex(8), hex(4), hex(4), hex(4), hex(12))
  .map((parts) => parts.map((part) => part.join("")).join("-"));

const byte = fc.integer({ min: 0, max: 260 });

const valuesOfFormat: Record<Format, Arbitrary<string>> = {
  name: fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.constantFrom("web", " web", "web ", "a\tb", "\u00a0", "é", "🚀", "\u200b", "   "),
  ),
  uuid: fc.oneof(
    anyUuid,
    anyUuid.map((text) => text.replaceAll("-", "")),
    anyUuid.map((text) => `${text}0`),
  ),
  ipv4: fc
    .tuple(byte, byte, byte, byte)
    .chain((parts) =>
      fc.constantFrom(parts.join("."), parts.slice(1).join("."), `${parts.join(".")} `),
    ),
  ipv6: fc.oneof(
    fc.ipV6(),
    fc.constantFrom(
      "::",
      "::1",
      ":::",
      "1::2::3",
      "fe80::1%eth0",
      "1:2:3:4:5:6:7",
      "::ffff:1.2.3.4",
    ),
  ),
  base64: fc.oneof(fc.base64String({ maxLength: 16 }), fc.string({ maxLength: 8 })),
  regex: fc.constantFrom("a", "[", "(", "", "a|b", "*"),
  "date-time": fc.constantFrom("2026-01-15T12:00:00Z", "2026-01-15", "x", ""),
};

function stringValues({ format, minLength = 0, maxLength = 10 }: Schema): Arbitrary<string> {
  const edges = [minLength - 1, minLength, Math.min(maxLength, 300), Math.min(maxLength, 300) + 1];
  return fc.oneof(
    format ? (valuesOfFormat[format] ?? valuesOfFormat.name) : fc.string({ maxLength: 12 }),
    fc.constantFrom(...edges.filter((edge) => edge >= 0).map((edge) => "a".repeat(edge))),
    fc.constantFrom("0", "1", "-1", "01", "1.5", "2147483648", "a/b", "a.b-c_d"),
  );
}

const valuesOfType: Record<TypeName, (schema: Schema) => Arbitrary<unknown>> = {
  object: objectValues,
  array: ({ items = {} }) => fc.array(nearlyValid(items), { maxLength: 3 }),
  string: stringValues,
  integer: ({ minimum = 0, maximum = 2_147_483_647 }) =>
    fc.constantFrom(minimum - 1, minimum, minimum + 1, maximum, maximum + 1, 7),
  number: () => fc.double({ noNaN: true }),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
};

/** Required members and at most two more, so that not all samples are invalid. */
function objectValues({ properties = {}, patternProperties = {}, required = [] }: Schema) {
  const [pattern] = Object.values(patternProperties);
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  const extra = fc.dictionary(
    fc.constantFrom("zz", "a b", "a/b", "__proto", "constructor", "é", "k".repeat(256)),
    pattern ? nearlyValid(pattern) : anyJson,
    { minKeys: 1, maxKeys: 1 },
  );
  return fc
    .tuple(
      fc.subarray(optional, { maxLength: Math.min(optional.length, 2) }),
      fc.integer({ min: 0, max: 7 }),
      extra,
    )
    .chain(([chosen, chance, more]) => {
      const names = [...required.slice(chance === 1 ? 1 : 0), ...chosen];
      const known = names.map((name) => [name, nearlyValid(properties[name] ?? {})] as const);
      return fc
        .record(Object.fromEntries(known))
        .map((value) => (chance === 0 || pattern ? { ...value, ...more } : value));
    });
}

function validValues(schema: Schema): Arbitrary<unknown> {
  const types = [schema.type ?? []].flat();
  return fc.oneof(
    ...types.map((type) => valuesOfType[type](schema)),
    ...(schema.enum ? [fc.constantFrom(...schema.enum), fc.constantFrom(...schema.enum)] : []),
    ...(schema.oneOf ?? []).map((one) => nearlyValid({ type: "string", ...one })),
    ...(types.length === 0 && !schema.oneOf ? [anyJson] : []),
  );
}

export const nearlyValid = (schema: Schema): Arbitrary<unknown> =>
  fc.oneof({ weight: 14, arbitrary: validValues(schema) }, { weight: 1, arbitrary: anyJson });
