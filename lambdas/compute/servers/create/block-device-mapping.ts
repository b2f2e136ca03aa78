import { isTrue, novaMember } from "../../../core/booleans.ts";
import { badRequest } from "../../../core/fault.ts";
import type { BootRequest } from "./create-schema.ts";

/** One requested disk of Nova's block device mapping. */
export interface BlockDevice {
  readonly source: "image" | "snapshot" | "volume" | "blank";
  readonly destination: "local" | "volume";
  /** The source; null for blank. */
  readonly id: string | null;
  /** GiB, for swap MiB; null if not given. */
  readonly size: number | null;
  /** 0 is the root disk; null never boots. */
  readonly bootIndex: number | null;
  readonly name: string | null;
  readonly deleteOnTermination: boolean;
  readonly isSwap: boolean;
  readonly type: string | null;
  readonly tag: string | null;
  readonly bus: string | null;
}

const invalidMapping = (details: string) =>
  badRequest(`Block Device Mapping is Invalid: ${details}`);

/** nova/api/openstack/compute/servers.py:515. */
export function parseBlockDevices(request: BootRequest): BlockDevice[] {
  const { imageRef, block_device_mapping: legacy = [], block_device_mapping_v2: v2 = [] } = request;
  if (legacy.length > 0 && v2.length > 0)
    throw badRequest(
      "Using different block_device_mapping syntaxes is not allowed in the same request.",
    );
  if (legacy.length > 0) return parseLegacyMapping(legacy, imageRef ?? "");
  if (v2.length > 0) return v2.filter((one) => !one.no_device).map(fromMappingV2(imageRef ?? ""));
  return imageRef ? [imageRootDevice(imageRef)] : [];
}

const imageRootDevice = (id: string): BlockDevice => ({
  ...{ source: "image", destination: "local", id, size: null, bootIndex: 0, name: null },
  ...{ deleteOnTermination: true, isSwap: false, type: null, tag: null, bus: null },
});

type MappingV2 = NonNullable<BootRequest["block_device_mapping_v2"]>[number];

/** nova/block_device.py:170 from_api. */
const fromMappingV2 =
  (imageRef: string) =>
  (mapping: MappingV2): BlockDevice => {
    const { source_type: source, volume_type: type = null } = mapping;
    const id = mapping.uuid ?? null;
    if (source === "blank" && id !== null) throw invalidMapping("Invalid device UUID.");
    if (source !== "blank" && id === null) throw invalidMapping("Missing device UUID.");
    if (!source) throw invalidMapping("Some required fields are missing");
    const destination = mapping.destination_type ?? (source === "blank" ? "local" : "volume");
    const index = mapping.boot_index == null ? -1 : Number(mapping.boot_index);
    if (source === "image" && destination === "local" && !(imageRef !== "" && index === 0))
      throw invalidMapping("Mapping image to local is not supported.");
    if (destination === "local" && type)
      throw invalidMapping(
        "Specifying a volume_type with destination_type=local is not supported.",
      );
    if (source === "volume" && type)
      throw invalidMapping("Specifying volume type to existing volume is not supported.");
    return {
      source,
      destination,
      id: id?.toLowerCase() ?? null,
      size: mapping.volume_size === undefined ? null : Number(mapping.volume_size),
      bootIndex: index < 0 ? null : index,
      name: mapping.device_name ?? null,
      deleteOnTermination: isTrue(novaMember, mapping.delete_on_termination),
      isSwap: mapping.guest_format === "swap",
      type,
      tag: "tag" in mapping && typeof mapping.tag === "string" ? mapping.tag : null,
      bus: mapping.disk_bus ?? null,
    };
  };

type LegacyMapping = NonNullable<BootRequest["block_device_mapping"]>[number];

const stripDevPrefix = (name: string) => name.replace(/^\/dev\//, "");

/** "vda" is the root disk, else the image (nova/block_device.py:300). */
function parseLegacyMapping(legacy: readonly LegacyMapping[], imageRef: string): BlockDevice[] {
  const all = legacy
    .filter((one) => !one.no_device)
    .map((one): BlockDevice => {
      const virtual = one.virtual_name ?? "";
      const isBlank = virtual === "swap" || /^ephemeral\d+$/.test(virtual);
      const id = one.snapshot_id ?? one.volume_id ?? null;
      if (!isBlank && id === null) throw invalidMapping("Unrecognized legacy format.");
      const isBoot = !isBlank && stripDevPrefix(one.device_name ?? "") === "vda";
      return {
        source: isBlank ? "blank" : one.snapshot_id ? "snapshot" : "volume",
        destination: isBlank ? "local" : "volume",
        id: isBlank ? null : (id?.toLowerCase() ?? null),
        size: one.volume_size === undefined ? null : Number(one.volume_size),
        bootIndex: isBoot ? 0 : null,
        name: one.device_name ?? null,
        deleteOnTermination: isBlank || isTrue(novaMember, one.delete_on_termination),
        isSwap: virtual === "swap",
        ...{ type: null, tag: null, bus: null },
      };
    });
  const hasBootDevice = all.some(({ bootIndex }) => bootIndex === 0);
  return hasBootDevice || imageRef === "" ? all : [imageRootDevice(imageRef), ...all];
}
