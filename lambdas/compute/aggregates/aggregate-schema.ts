import { nameSchema, printableText } from "../../http/schema-fields.ts";

const zoneField = {
  oneOf: [
    { type: "string", format: "name", minLength: 1, maxLength: 255, pattern: "^[^:]*$" },
    { type: "null" },
  ],
} as const;

/** An update trims the name's spaces; a create refuses them. */
const newNameField = {
  type: "string",
  minLength: 1,
  maxLength: 255,
  pattern: `^(?=.*[^\\p{Zs}])${printableText}$`,
} as const;

export const createAggregateSchema = {
  type: "object",
  properties: {
    aggregate: {
      type: "object",
      properties: { name: nameSchema, availability_zone: zoneField },
      required: ["name"],
      additionalProperties: false,
    },
  },
  required: ["aggregate"],
  additionalProperties: false,
} as const;

export const updateAggregateSchema = {
  type: "object",
  properties: {
    aggregate: {
      type: "object",
      properties: { name: newNameField, availability_zone: zoneField },
      additionalProperties: false,
      anyOf: [{ required: ["name"] }, { required: ["availability_zone"] }],
    },
  },
  required: ["aggregate"],
  additionalProperties: false,
} as const;
