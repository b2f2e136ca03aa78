import { limitSchema } from "./page-limit.ts";

/** Fields of many request schemas (nova/api/validation/parameter_types.py). */

export const nameSchema = { type: "string", format: "name", minLength: 1, maxLength: 255 } as const;

/** Printable characters of the Basic Multilingual Plane. */
export const printableText =
  "(?:(?![\\u{10000}-\\u{10ffff}])[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}])*";

/** Printable text of any length, with leading and trailing spaces. */
export const descriptionSchema = {
  type: ["string", "null"],
  minLength: 0,
  maxLength: 65_535,
  pattern: `^${printableText}$`,
} as const;

export const booleanSchema = {
  type: ["boolean", "string"],
  enum: [
    ...[true, "True", "TRUE", "true", "1", "ON", "On", "on", "YES", "Yes", "yes"],
    ...[false, "False", "FALSE", "false", "0", "OFF", "Off", "off", "NO", "No", "no"],
  ],
} as const;

export const hostnameSchema = {
  type: "string",
  pattern: "^[a-zA-Z0-9-._]*$",
  minLength: 1,
  maxLength: 255,
} as const;

// Query parameters, each of which may repeat

export const stringListSchema = { type: "array", items: { type: "string" } } as const;

export const singleStringSchema = {
  type: "array",
  items: { type: "string" },
  maxItems: 1,
} as const;

export const pagingSchema = { limit: limitSchema, marker: stringListSchema } as const;
