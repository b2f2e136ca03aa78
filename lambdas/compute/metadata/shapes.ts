import { metadata } from "../servers/schema-fields.ts";

/** nova/api/openstack/compute/schemas/server_metadata.py create, update_all. */
export const body = {
  type: "object",
  properties: { metadata },
  required: ["metadata"],
  additionalProperties: false,
} as const;
