import { metadataField } from "../servers/schema-fields.ts";

export const body = {
  type: "object",
  properties: { metadata: metadataField },
  required: ["metadata"],
  additionalProperties: false,
} as const;
