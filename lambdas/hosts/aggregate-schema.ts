import { name } from "../http/shapes.ts";

const zone = {
  oneOf: [{ type: "string", minLength: 1, maxLength: 255, pattern: "^[^:]*$" }, { type: "null" }],
} as const;

const properties = { name, availability_zone: zone } as const;

/** nova/api/openstack/compute/schemas/aggregates.py. */
export const createSchema = {
  type: "object",
  properties: {
    aggregate: { type: "object", properties, required: ["name"], additionalProperties: false },
  },
  required: ["aggregate"],
  additionalProperties: false,
} as const;

export const updateSchema = {
  type: "object",
  properties: {
    aggregate: {
      type: "object",
      properties,
      additionalProperties: false,
      anyOf: [{ required: ["name"] }, { required: ["availability_zone"] }],
    },
  },
  required: ["aggregate"],
  additionalProperties: false,
} as const;
