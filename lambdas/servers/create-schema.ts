import { boolean, count, diskConfig, ipv4, ipv6, metadata, name } from "./shapes.ts";

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

/** nova/api/openstack/compute/schemas/servers.py create, at 2.1. */
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
        networks: {
          type: "array",
          items: {
            type: "object",
            properties: {
              fixed_ip: { type: "string", oneOf: [{ format: "ipv4" }, { format: "ipv6" }] },
              port: { type: ["string", "null"], format: "uuid" },
              uuid: { type: "string" },
            },
            additionalProperties: false,
          },
        },
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
        },
        availability_zone: name,
        block_device_mapping: {
          type: "array",
          items: { type: "object", properties: device, additionalProperties: false },
        },
        block_device_mapping_v2: {
          type: "array",
          items: {
            type: "object",
            properties: {
              ...device,
              source_type: { type: "string", enum: ["volume", "image", "snapshot", "blank"] },
              uuid: { type: "string", minLength: 1, maxLength: 255, pattern: "^[a-zA-Z0-9._-]*$" },
              image_id: { type: "string", format: "uuid" },
              destination_type: { type: "string", enum: ["local", "volume"] },
              guest_format: { type: "string", maxLength: 255 },
              device_type: { type: "string", maxLength: 255 },
              disk_bus: { type: "string", maxLength: 255 },
              boot_index: { type: ["integer", "string", "null"], pattern: "^-?[0-9]+$" },
            },
            additionalProperties: false,
          },
        },
        config_drive: boolean,
        key_name: name,
        min_count: count,
        max_count: count,
        return_reservation_id: boolean,
        security_groups: {
          type: "array",
          items: { type: "object", properties: { name }, additionalProperties: false },
        },
        user_data: { type: "string", format: "base64", maxLength: 65535 },
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
