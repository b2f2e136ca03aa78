/** cinder/api/validation/parameter_types.py. */
export const text = { type: ["string", "null"], minLength: 0, maxLength: 255 } as const;

export const boolean = {
  type: ["boolean", "string"],
  enum: [
    ...[true, "True", "TRUE", "true", "1", "ON", "On", "on", "YES", "Yes", "yes", "y", "t"],
    ...[false, "False", "FALSE", "false", "0", "OFF", "Off", "off", "NO", "No", "no", "n", "f"],
  ],
} as const;

export const optionalBoolean = { ...boolean, enum: [...boolean.enum, null, "None"] } as const;

export const uuid = { type: "string", format: "uuid" } as const;

export const optionalUuid = { oneOf: [uuid, { type: "null" }] } as const;

const words = {
  patternProperties: { "^[a-zA-Z0-9-_:. /]{1,255}$": { type: "string", maxLength: 255 } },
  additionalProperties: false,
} as const;

export const metadata = { type: "object", ...words } as const;

export const optionalMetadata = { type: ["object", "null"], ...words } as const;

export const nullableSpecs = {
  type: "object",
  patternProperties: { "^[a-zA-Z0-9-_:. /]{1,255}$": { type: ["string", "null"], maxLength: 255 } },
  additionalProperties: false,
} as const;

export const size = {
  type: ["integer", "string"],
  pattern: "^[0-9]+$",
  minimum: 1,
  maximum: 2147483647,
} as const;

/** One object, in which there is nothing else. */
export const only = <const Name extends string, const Inner>(name: Name, inner: Inner) =>
  ({
    type: "object",
    properties: { [name]: inner } as { readonly [N in Name]: Inner },
    required: [name],
    additionalProperties: false,
  }) as const;

/** Blanks around what somebody is to read are none of it (cinder/api/openstack/wsgi.py:clean_name_and_description). */
export const cleaned = (said: unknown): string | null =>
  typeof said === "string" ? said.trim() : null;
