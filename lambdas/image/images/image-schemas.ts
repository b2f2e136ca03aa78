import { memberStatuses } from "../model/image.ts";
import { imageSchemaDocument } from "./image-schema.ts";

const memberSchema = {
  name: "member",
  properties: {
    member_id: {
      type: "string",
      description: "An identifier for the image member (tenantId)",
    },
    image_id: {
      type: "string",
      description: "An identifier for the image",
      pattern: imageSchemaDocument.properties["id"]?.pattern,
    },
    created_at: { type: "string", description: "Date and time of image member creation" },
    updated_at: {
      type: "string",
      description: "Date and time of last modification of image member",
    },
    status: {
      type: "string",
      description: "The status of this image member",
      enum: memberStatuses,
    },
    schema: { readOnly: true, type: "string" },
  },
  additionalProperties: false,
};

/** glance/schema.py CollectionSchema. */
const collectionSchema = (name: string, item: unknown, paged: boolean) => ({
  name,
  properties: {
    [name]: { type: "array", items: item },
    ...(paged && { first: { type: "string" }, next: { type: "string" } }),
    schema: { type: "string" },
  },
  links: [
    ...(paged
      ? [
          { rel: "first", href: "{first}" },
          { rel: "next", href: "{next}" },
        ]
      : []),
    { rel: "describedby", href: "{schema}" },
  ],
});

export const imageSchemas: Readonly<Record<string, unknown>> = {
  image: imageSchemaDocument,
  images: collectionSchema("images", imageSchemaDocument, true),
  member: memberSchema,
  members: collectionSchema("members", memberSchema, false),
};
