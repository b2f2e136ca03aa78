/** The subset of JSON Schema that Nova's request schemas use, in the order of its checks. */
export interface Schema {
  readonly type?: TypeName | readonly TypeName[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly format?: Format;
  readonly pattern?: string;
  /** An equivalent of a `pattern` that is not linear: it runs, and `pattern` stays in refusals. */
  readonly linearPattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;

  // microversions, N of 2.N; `schemaAt` resolves them

  /** First microversion with this member. */
  readonly since?: number;
  /** Last microversion with this member. */
  readonly until?: number;
  /** First microversion that requires the member. */
  readonly neededSince?: number;
  /** First microversion without additional members. */
  readonly closedSince?: number;
  /** Replacements of this schema, by first microversion. */
  readonly versions?: Readonly<Record<number, Schema>>;

  /** The replacement on the old /v2, which drops unknown members. */
  readonly legacy?: Schema;
}

export type TypeName = "object" | "array" | "string" | "integer" | "number" | "boolean" | "null";

export type Format = "name" | "uuid" | "ipv4" | "ipv6" | "base64" | "regex" | "date-time";

const resolvedSchemas = new WeakMap<Schema, Map<number, Schema>>();

/** Resolves a schema at microversion 2.N. */
export function schemaAt(schema: Schema, microversion: number): Schema {
  const byVersion = resolvedSchemas.get(schema) ?? new Map<number, Schema>();
  resolvedSchemas.set(schema, byVersion);
  const resolved = byVersion.get(microversion) ?? resolveAtVersion(schema, microversion);
  byVersion.set(microversion, resolved);
  return resolved;
}

function resolveAtVersion(schema: Schema, microversion: number): Schema {
  const { since, until, neededSince, closedSince, versions, ...plain } = schema;
  if (versions) {
    const from = Object.keys(versions)
      .map(Number)
      .filter((first) => first <= microversion);
    return resolveAtVersion(versions[Math.max(...from)] ?? {}, microversion);
  }
  const { properties, required, items, oneOf } = plain;
  const members = Object.entries(properties ?? {}).filter(
    ([, { since = 0, until = Infinity }]) => since <= microversion && microversion <= until,
  );
  const needed = members
    .filter(([, { neededSince = Infinity }]) => neededSince <= microversion)
    .map(([name]) => name);
  const resolveAll = (all: readonly Schema[]) =>
    all.map((one) => resolveAtVersion(one, microversion));
  return {
    ...plain,
    ...(properties && {
      properties: Object.fromEntries(
        members.map(([name, member]) => [name, resolveAtVersion(member, microversion)]),
      ),
    }),
    ...(needed.length > 0 && { required: [...(required ?? []), ...needed] }),
    ...(items && { items: resolveAtVersion(items, microversion) }),
    ...(oneOf && { oneOf: resolveAll(oneOf) }),
    ...(closedSince !== undefined && { additionalProperties: closedSince > microversion }),
  };
}
