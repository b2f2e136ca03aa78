import { metadataField } from "../servers/schema-fields.ts";

/** nova/api/openstack/compute/schemas/server_metadata.py create, update_all. */
export const body = {
  type: "object",
  properties: { metadata: metadataField },
  required: ["metadata"],
  additionalProperties: false,
} as const;
