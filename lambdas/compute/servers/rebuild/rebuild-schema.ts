import { createServerSchema } from "../create/create-schema.ts";
import {
  boolean,
  description,
  diskConfig,
  hostname,
  ipv4,
  ipv6,
  metadataField,
  name,
} from "../schema-fields.ts";

const { personality, trusted_image_certificates } = createServerSchema.properties.server.properties;

/** nova/api/openstack/compute/schemas/servers.py rebuild to rebuild_v294. */
export const rebuildServerSchema = {
  type: "object",
  properties: {
    rebuild: {
      type: "object",
      properties: {
        name,
        imageRef: { type: "string", format: "uuid" },
        adminPass: { type: "string" },
        metadata: metadataField,
        preserve_ephemeral: boolean,
        "OS-DCF:diskConfig": diskConfig,
        accessIPv4: ipv4,
        accessIPv6: ipv6,
        personality,
        description,
        key_name: {
          oneOf: [{ type: "string", minLength: 1, maxLength: 255 }, { type: "null" }],
          since: 54,
        },
        user_data: { type: ["string", "null"], format: "base64", maxLength: 65535, since: 57 },
        trusted_image_certificates,
        hostname,
      },
      required: ["imageRef"],
      additionalProperties: false,
    },
  },
  required: ["rebuild"],
  additionalProperties: false,
} as const;
