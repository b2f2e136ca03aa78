/** cinder/api/validation/parameter_types.py. */
export const shortText = { type: ["string", "null"], minLength: 0, maxLength: 255 } as const;

export const optionalText = { type: ["string", "null"], maxLength: 255 } as const;

export const booleanField = {
  type: ["boolean", "string"],
  enum: [
    ...[true, "True", "TRUE", "true", "1", "ON", "On", "on", "YES", "Yes", "yes", "y", "t"],
    ...[false, "False", "FALSE", "false", "0", "OFF", "Off", "off", "NO", "No", "no", "n", "f"],
  ],
} as const;

export const optionalBoolean = {
  ...booleanField,
  enum: [...booleanField.enum, null, "None"],
} as const;

export const uuidSchema = { type: "string", format: "uuid" } as const;

export const optionalUuid = { oneOf: [uuidSchema, { type: "null" }] } as const;

const metadataEntries = {
  patternProperties: { "^[a-zA-Z0-9-_:. /]{1,255}$": { type: "string", maxLength: 255 } },
  additionalProperties: false,
} as const;

export const metadataField = { type: "object", ...metadataEntries } as const;

export const optionalMetadata = { type: ["object", "null"], ...metadataEntries } as const;

export const nullableSpecs = {
  type: "object",
  patternProperties: { "^[a-zA-Z0-9-_:. /]{1,255}$": { type: ["string", "null"], maxLength: 255 } },
  additionalProperties: false,
} as const;

export const sizeField = {
  type: ["integer", "string"],
  pattern: "^[0-9]+$",
  minimum: 1,
  maximum: 2147483647,
} as const;

/** An object with this member alone. */
export const singleMember = <const Name extends string, const Inner>(name: Name, inner: Inner) =>
  ({
    type: "object",
    properties: { [name]: inner } as { readonly [N in Name]: Inner },
    required: [name],
    additionalProperties: false,
  }) as const;

/** An object with these members alone. */
export const closedObject = <const Properties, const Required extends readonly string[]>(
  properties: Properties,
  required: Required,
) => ({ type: "object", properties, required, additionalProperties: false }) as const;

/** cinder/api/openstack/wsgi.py clean_name_and_description. */
export const trimText = (value: unknown): string | null =>
  typeof value === "string" ? value.trim() : null;
