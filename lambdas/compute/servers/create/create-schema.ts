import type { FromSchema } from "json-schema-to-ts";
import {
  boolean,
  countField,
  description,
  diskConfig,
  hostname,
  ipv4,
  ipv6,
  metadataField,
  name,
  tagField,
  uuidField,
} from "../schema-fields.ts";

const volumeSizeField = {
  type: ["integer", "string"],
  pattern: "^[0-9]+$",
  minimum: 1,
  maximum: 2147483647,
} as const;

const deviceFields = {
  virtual_name: { type: "string", maxLength: 255 },
  volume_id: uuidField,
  snapshot_id: uuidField,
  volume_size: volumeSizeField,
  device_name: { type: "string", minLength: 1, maxLength: 255, pattern: "^[a-zA-Z0-9._/-]*$" },
  delete_on_termination: boolean,
  no_device: {},
  connection_info: { type: "string", maxLength: 16777215 },
} as const;

const deviceFieldsV2 = {
  ...deviceFields,
  source_type: { type: "string", enum: ["volume", "image", "snapshot", "blank"] },
  uuid: { type: "string", minLength: 1, maxLength: 255, pattern: "^[a-zA-Z0-9._-]*$" },
  image_id: uuidField,
  destination_type: { type: "string", enum: ["local", "volume"] },
  guest_format: { type: "string", maxLength: 255 },
  device_type: { type: "string", maxLength: 255 },
  disk_bus: { type: "string", maxLength: 255 },
  boot_index: { type: ["integer", "string", "null"], pattern: "^-?[0-9]+$" },
  volume_type: { type: ["string", "null"], minLength: 0, maxLength: 255, since: 67 },
} as const;

const networkFieldsV1 = {
  fixed_ip: { type: "string", oneOf: [{ format: "ipv4" }, { format: "ipv6" }] },
  port: { type: ["string", "null"], format: "uuid" },
  uuid: { type: "string" },
} as const;

const userData = { type: "string", format: "base64", maxLength: 65535 } as const;

const closedObject = <const Members>(properties: Members) =>
  ({ type: "object", properties, additionalProperties: false }) as const;

const arrayOf = <const Items>(items: Items) => ({ type: "array", items }) as const;

/** Device tags came with 2.32 and returned with 2.42. */
const devices = arrayOf({
  ...closedObject({ ...deviceFieldsV2, tag: tagField }),
  versions: {
    1: closedObject(deviceFieldsV2),
    32: closedObject({ ...deviceFieldsV2, tag: tagField }),
    33: closedObject(deviceFieldsV2),
    42: closedObject({ ...deviceFieldsV2, tag: tagField }),
  },
});

const networkFieldsV37 = { ...networkFieldsV1, uuid: uuidField } as const;

const orKeyword = <const Networks>(networks: Networks) =>
  ({ oneOf: [networks, { type: "string", enum: ["none", "auto"] }] }) as const;

const networksField = {
  ...orKeyword(arrayOf(closedObject({ ...networkFieldsV37, tag: tagField }))),
  neededSince: 37,
  versions: {
    1: arrayOf(closedObject(networkFieldsV1)),
    32: arrayOf(closedObject({ ...networkFieldsV1, tag: tagField })),
    37: orKeyword(arrayOf(closedObject(networkFieldsV37))),
    42: orKeyword(arrayOf(closedObject({ ...networkFieldsV37, tag: tagField }))),
  },
} as const;

const hostField = {
  type: "string",
  pattern: "^[a-zA-Z0-9-._]*$",
  minLength: 1,
  maxLength: 255,
  since: 74,
} as const;

const schedulerHints = {
  type: "object",
  properties: {
    group: { oneOf: [{ type: "array", items: uuidField }, uuidField] },
    different_host: { oneOf: [uuidField, { type: "array", items: uuidField }] },
    same_host: { type: ["string", "array"], items: uuidField },
    query: { type: ["string", "object"] },
    target_cell: name,
    different_cell: { type: ["string", "array"], items: { type: "string" } },
    build_near_host_ip: { type: "string", oneOf: [{ format: "ipv4" }, { format: "ipv6" }] },
    cidr: { type: "string", pattern: "^/[0-9a-f.:]+$" },
  },
  additionalProperties: true,
} as const;

/** nova/api/openstack/compute/schemas/servers.py create to create_v294. */
export const createServerSchema = {
  type: "object",
  properties: {
    server: {
      type: "object",
      properties: {
        name,
        imageRef: {
          oneOf: [uuidField, { type: "string", maxLength: 0 }],
        },
        flavorRef: { type: ["string", "integer"], minLength: 1 },
        adminPass: { type: "string" },
        metadata: metadataField,
        networks: networksField,
        "OS-DCF:diskConfig": diskConfig,
        accessIPv4: ipv4,
        accessIPv6: ipv6,
        personality: {
          type: "array",
          items: {
            type: "object",
            properties: {
              path: { type: "string" },
              contents: { type: "string", format: "base64" },
            },
            additionalProperties: false,
          },
          until: 56,
        },
        availability_zone: name,
        block_device_mapping: {
          type: "array",
          items: { type: "object", properties: deviceFields, additionalProperties: false },
        },
        block_device_mapping_v2: devices,
        config_drive: boolean,
        key_name: name,
        min_count: countField,
        max_count: countField,
        return_reservation_id: boolean,
        security_groups: {
          type: "array",
          items: { type: "object", properties: { name }, additionalProperties: false },
        },
        user_data: { ...userData, legacy: { ...userData, type: ["string", "null"] } },
        description,
        tags: { ...arrayOf(tagField), maxItems: 50, since: 52 },
        trusted_image_certificates: {
          type: ["array", "null"],
          minItems: 1,
          maxItems: 50,
          uniqueItems: true,
          items: { type: "string", minLength: 1 },
          since: 63,
        },
        host: hostField,
        hypervisor_hostname: hostField,
        hostname,
      },
      required: ["name", "flavorRef"],
      additionalProperties: false,
    },
    "os:scheduler_hints": schedulerHints,
    "OS-SCH-HNT:scheduler_hints": schedulerHints,
  },
  required: ["server"],
  additionalProperties: false,
} as const;

export type BootRequest = FromSchema<typeof createServerSchema>["server"];
