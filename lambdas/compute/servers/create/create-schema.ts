import type { FromSchema } from "json-schema-to-ts";
import {
  boolean,
  count,
  description,
  diskConfig,
  hostname,
  ipv4,
  ipv6,
  metadata,
  name,
} from "../schema-fields.ts";

const size = {
  type: ["integer", "string"],
  pattern: "^[0-9]+$",
  minimum: 1,
  maximum: 2147483647,
} as const;

const device = {
  virtual_name: { type: "string", maxLength: 255 },
  volume_id: { type: "string", format: "uuid" },
  snapshot_id: { type: "string", format: "uuid" },
  volume_size: size,
  device_name: { type: "string", minLength: 1, maxLength: 255, pattern: "^[a-zA-Z0-9._/-]*$" },
  delete_on_termination: boolean,
  no_device: {},
  connection_info: { type: "string", maxLength: 16777215 },
} as const;

const deviceV2 = {
  ...device,
  source_type: { type: "string", enum: ["volume", "image", "snapshot", "blank"] },
  uuid: { type: "string", minLength: 1, maxLength: 255, pattern: "^[a-zA-Z0-9._-]*$" },
  image_id: { type: "string", format: "uuid" },
  destination_type: { type: "string", enum: ["local", "volume"] },
  guest_format: { type: "string", maxLength: 255 },
  device_type: { type: "string", maxLength: 255 },
  disk_bus: { type: "string", maxLength: 255 },
  boot_index: { type: ["integer", "string", "null"], pattern: "^-?[0-9]+$" },
  volume_type: { type: ["string", "null"], minLength: 0, maxLength: 255, since: 67 },
} as const;

const networkV1 = {
  fixed_ip: { type: "string", oneOf: [{ format: "ipv4" }, { format: "ipv6" }] },
  port: { type: ["string", "null"], format: "uuid" },
  uuid: { type: "string" },
} as const;

const userData = { type: "string", format: "base64", maxLength: 65535 } as const;

const tag = { type: "string", pattern: "^[^,/]*$", minLength: 1, maxLength: 60 } as const;

const only = <const Members>(properties: Members) =>
  ({ type: "object", properties, additionalProperties: false }) as const;

const listOf = <const Items>(items: Items) => ({ type: "array", items }) as const;

/** Tags of devices came with 2.32, were lost in part, and were back with 2.42. */
const devices = listOf({
  ...only({ ...deviceV2, tag }),
  versions: {
    1: only(deviceV2),
    32: only({ ...deviceV2, tag }),
    33: only(deviceV2),
    42: only({ ...deviceV2, tag }),
  },
});

const networkV37 = { ...networkV1, uuid: { type: "string", format: "uuid" } } as const;

const orWord = <const Networks>(networks: Networks) =>
  ({ oneOf: [networks, { type: "string", enum: ["none", "auto"] }] }) as const;

const networks = {
  ...orWord(listOf(only({ ...networkV37, tag }))),
  neededSince: 37,
  versions: {
    1: listOf(only(networkV1)),
    32: listOf(only({ ...networkV1, tag })),
    37: orWord(listOf(only(networkV37))),
    42: orWord(listOf(only({ ...networkV37, tag }))),
  },
} as const;

const host = {
  type: "string",
  pattern: "^[a-zA-Z0-9-._]*$",
  minLength: 1,
  maxLength: 255,
  since: 74,
} as const;

const uuid = { type: "string", format: "uuid" } as const;

const hints = {
  type: "object",
  properties: {
    group: { oneOf: [{ type: "array", items: uuid }, uuid] },
    different_host: { oneOf: [uuid, { type: "array", items: uuid }] },
    same_host: { type: ["string", "array"], items: uuid },
    query: { type: ["string", "object"] },
    target_cell: name,
    different_cell: { type: ["string", "array"], items: { type: "string" } },
    build_near_host_ip: { type: "string", oneOf: [{ format: "ipv4" }, { format: "ipv6" }] },
    cidr: { type: "string", pattern: "^/[0-9a-f.:]+$" },
  },
  additionalProperties: true,
} as const;

/** nova/api/openstack/compute/schemas/servers.py create to create_v294. */
export const createSchema = {
  type: "object",
  properties: {
    server: {
      type: "object",
      properties: {
        name,
        imageRef: {
          oneOf: [
            { type: "string", format: "uuid" },
            { type: "string", maxLength: 0 },
          ],
        },
        flavorRef: { type: ["string", "integer"], minLength: 1 },
        adminPass: { type: "string" },
        metadata,
        networks,
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
          items: { type: "object", properties: device, additionalProperties: false },
        },
        block_device_mapping_v2: devices,
        config_drive: boolean,
        key_name: name,
        min_count: count,
        max_count: count,
        return_reservation_id: boolean,
        security_groups: {
          type: "array",
          items: { type: "object", properties: { name }, additionalProperties: false },
        },
        user_data: { ...userData, legacy: { ...userData, type: ["string", "null"] } },
        description,
        tags: { ...listOf(tag), maxItems: 50, since: 52 },
        trusted_image_certificates: {
          type: ["array", "null"],
          minItems: 1,
          maxItems: 50,
          uniqueItems: true,
          items: { type: "string", minLength: 1 },
          since: 63,
        },
        host,
        hypervisor_hostname: host,
        hostname,
      },
      required: ["name", "flavorRef"],
      additionalProperties: false,
    },
    "os:scheduler_hints": hints,
    "OS-SCH-HNT:scheduler_hints": hints,
  },
  required: ["server"],
  additionalProperties: false,
} as const;

export type BootRequest = FromSchema<typeof createSchema>["server"];
