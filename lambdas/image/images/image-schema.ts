import type { Schema } from "../../http/schema.ts";
import { visibilities } from "../model/image.ts";

/** glance/common/config.py, `[image_format]`. */
const containerFormats = [
  "ami",
  "ari",
  "aki",
  "bare",
  "ovf",
  "ova",
  "docker",
  "compressed",
] as const;
const diskFormats = [
  ...(["ami", "ari", "aki", "vhd", "vhdx", "vmdk"] as const),
  ...(["raw", "qcow2", "vdi", "iso", "ploop"] as const),
];

const nullableText = (maxLength: number) =>
  ({ type: ["null", "string"], maxLength }) as const satisfies Schema;
const textField = { type: "string" } as const satisfies Schema;
const integerField = { type: "integer" } as const satisfies Schema;
const byteCountField = { type: ["null", "integer"] } as const satisfies Schema;

/** glance/api/v2/images.py get_base_properties. */
const baseProperties = {
  id: {
    type: "string",
    pattern:
      "^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$",
  },
  name: nullableText(255),
  status: {
    type: "string",
    enum: [
      ...["queued", "saving", "active", "killed", "deleted"],
      ...["uploading", "importing", "pending_delete", "deactivated"],
    ],
  },
  visibility: { type: "string", enum: visibilities },
  protected: { type: "boolean" },
  os_hidden: { type: "boolean" },
  checksum: nullableText(32),
  os_hash_algo: nullableText(64),
  os_hash_value: nullableText(128),
  owner: nullableText(255),
  size: byteCountField,
  virtual_size: byteCountField,
  container_format: { type: ["null", "string"], enum: [null, ...containerFormats] },
  disk_format: { type: ["null", "string"], enum: [null, ...diskFormats] },
  created_at: textField,
  updated_at: textField,
  tags: { type: "array", items: { type: "string", maxLength: 255 } },
  direct_url: textField,
  min_ram: integerField,
  min_disk: integerField,
  self: textField,
  file: textField,
  stores: textField,
  schema: textField,
} as const satisfies Record<string, Schema>;

export const readOnlyFields: readonly string[] = [
  ...["created_at", "updated_at", "status", "checksum", "size", "virtual_size", "direct_url"],
  ...["self", "file", "schema", "id", "os_hash_algo", "os_hash_value"],
];

/** Refused in a create request too. */
export const disallowedFields: readonly string[] = [
  "direct_url",
  "self",
  "file",
  "schema",
  "stores",
];

export const isReservedName = (name: string): boolean =>
  ["location", "deleted", "deleted_at"].includes(name) || name.startsWith("os_glance");

export const isBaseProperty = (name: string): boolean => Object.hasOwn(baseProperties, name);

/** Whole or partial image; custom properties are strings. */
export const imageSchema = {
  type: "object",
  properties: baseProperties,
  patternProperties: {
    [`^(?!(?:${Object.keys(baseProperties).join("|")})$)`]: { type: "string" },
  },
} as const satisfies Schema;

const descriptions: Readonly<Record<keyof typeof baseProperties, string>> = {
  id: "An identifier for the image",
  name: "Descriptive name for the image",
  status: "Status of the image",
  visibility: "Scope of image accessibility",
  protected: "If true, image will not be deletable.",
  os_hidden: "If true, image will not appear in default image list response.",
  checksum: "md5 hash of image contents.",
  os_hash_algo: "Algorithm to calculate the os_hash_value",
  os_hash_value:
    "Hexdigest of the image contents using the algorithm specified by the os_hash_algo",
  owner: "Owner of the image",
  size: "Size of image file in bytes",
  virtual_size: "Virtual size of image in bytes",
  container_format: "Format of the container",
  disk_format: "Format of the disk",
  created_at: "Date and time of image registration",
  updated_at: "Date and time of the last image modification",
  tags: "List of strings related to the image",
  direct_url: "URL to access the image file kept in external store",
  min_ram: "Amount of ram (in MB) required to boot image.",
  min_disk: "Amount of disk space (in GB) required to boot image.",
  self: "An image self url",
  file: "An image file url",
  stores: "Store in which image data resides.",
  schema: "An image schema url",
};

const isReadOnly = (name: string): boolean =>
  name !== "id" && (readOnlyFields.includes(name) || disallowedFields.includes(name));

/** Document of `GET /v2/schemas/image`. */
export const imageSchemaDocument = {
  name: "image",
  properties: Object.fromEntries(
    Object.entries<Schema>(baseProperties).map(([name, schema]) => [
      name,
      {
        ...schema,
        description: descriptions[name as keyof typeof baseProperties],
        ...(isReadOnly(name) && { readOnly: true }),
      },
    ]),
  ),
  additionalProperties: { type: "string" },
  links: [
    { rel: "self", href: "{self}" },
    { rel: "enclosure", href: "{file}" },
    { rel: "describedby", href: "{schema}" },
  ],
};
