/** From keystone/api/validation/parameter_types.py. */

/** At most 64 characters for domains and projects, 255 for others. */
export const nameSchema = <const Longest extends number>(longest: Longest) =>
  ({ type: "string", minLength: 1, maxLength: longest, pattern: "[\\S]+" }) as const;

export const enabledSchema = { type: "boolean" } as const;

export const nullableText = { type: ["string", "null"] } as const;

export const idSchema = {
  type: ["string", "null"],
  minLength: 1,
  maxLength: 64,
  pattern: "^[a-zA-Z0-9-]+$",
} as const;

export const optionsSchema = {
  type: "object",
  properties: { immutable: { type: ["boolean", "null"] } },
} as const;

export const tagsSchema = {
  type: "array",
  items: { type: "string", minLength: 1, maxLength: 255, pattern: "^[^,/]*$" },
  maxItems: 80,
} as const;
