import { malformed } from "../../../core/fault.ts";
import { isTrue } from "../schema-fields.ts";
import type { BootRequest } from "./create-schema.ts";

/** A disk that a server is to have: Nova's block device mapping. */
export interface Device {
  readonly source: "image" | "snapshot" | "volume" | "blank";
  readonly destination: "local" | "volume";
  /** What it is made of; null for nothing. */
  readonly id: string | null;
  /** GiB, or of swap MiB; null where it does not say. */
  readonly size: number | null;
  /** 0 for the one that the server boots from; null for one that it never does. */
  readonly boots: number | null;
  readonly name: string | null;
  readonly goes: boolean;
  readonly isSwap: boolean;
  readonly type: string | null;
  readonly tag: string | null;
  readonly bus: string | null;
}

const invalid = (details: string) => malformed(`Block Device Mapping is Invalid: ${details}`);

/** The disks a request asks for, in either of its two ways (nova/api/openstack/compute/servers.py:515). */
export function devicesOf(request: BootRequest): Device[] {
  const { imageRef, block_device_mapping: legacy = [], block_device_mapping_v2: v2 = [] } = request;
  if (legacy.length > 0 && v2.length > 0)
    throw malformed(
      "Using different block_device_mapping syntaxes is not allowed in the same request.",
    );
  if (legacy.length > 0) return legacyDevices(legacy, imageRef ?? "");
  if (v2.length > 0) return v2.filter((one) => !one.no_device).map(of(imageRef ?? ""));
  return imageRef ? [rootOf(imageRef)] : [];
}

/** The image on a disk of the host. */
const rootOf = (id: string): Device => ({
  ...{ source: "image", destination: "local", id, size: null, boots: 0, name: null },
  ...{ goes: true, isSwap: false, type: null, tag: null, bus: null },
});

type Said = NonNullable<BootRequest["block_device_mapping_v2"]>[number];

/** nova/block_device.py:170 from_api. */
const of =
  (imageRef: string) =>
  (said: Said): Device => {
    const { source_type: source, volume_type: type = null } = said;
    const id = said.uuid ?? null;
    if (source === "blank" && id !== null) throw invalid("Invalid device UUID.");
    if (source !== "blank" && id === null) throw invalid("Missing device UUID.");
    if (!source) throw invalid("Some required fields are missing");
    const destination = said.destination_type ?? (source === "blank" ? "local" : "volume");
    const index = said.boot_index == null ? -1 : Number(said.boot_index);
    if (source === "image" && destination === "local" && !(imageRef !== "" && index === 0))
      throw invalid("Mapping image to local is not supported.");
    if (destination === "local" && type)
      throw invalid("Specifying a volume_type with destination_type=local is not supported.");
    if (source === "volume" && type)
      throw invalid("Specifying volume type to existing volume is not supported.");
    return {
      source,
      destination,
      id: id?.toLowerCase() ?? null,
      size: said.volume_size === undefined ? null : Number(said.volume_size),
      boots: index < 0 ? null : index,
      name: said.device_name ?? null,
      goes: isTrue(said.delete_on_termination),
      isSwap: said.guest_format === "swap",
      type,
      tag: "tag" in said && typeof said.tag === "string" ? said.tag : null,
      bus: said.disk_bus ?? null,
    };
  };

type Legacy = NonNullable<BootRequest["block_device_mapping"]>[number];

const bare = (name: string) => name.replace(/^\/dev\//, "");

/** The volume called vda is the one to boot from; else it is the image (nova/block_device.py:300). */
function legacyDevices(legacy: readonly Legacy[], imageRef: string): Device[] {
  const all = legacy
    .filter((one) => !one.no_device)
    .map((one): Device => {
      const virtual = one.virtual_name ?? "";
      const isBlank = virtual === "swap" || /^ephemeral\d+$/.test(virtual);
      const id = one.snapshot_id ?? one.volume_id ?? null;
      if (!isBlank && id === null) throw invalid("Unrecognized legacy format.");
      const boots = !isBlank && bare(one.device_name ?? "") === "vda";
      return {
        source: isBlank ? "blank" : one.snapshot_id ? "snapshot" : "volume",
        destination: isBlank ? "local" : "volume",
        id: isBlank ? null : (id?.toLowerCase() ?? null),
        size: one.volume_size === undefined ? null : Number(one.volume_size),
        boots: boots ? 0 : null,
        name: one.device_name ?? null,
        goes: isBlank || isTrue(one.delete_on_termination),
        isSwap: virtual === "swap",
        ...{ type: null, tag: null, bus: null },
      };
    });
  const isRooted = all.some(({ boots }) => boots === 0);
  return isRooted || imageRef === "" ? all : [rootOf(imageRef), ...all];
}
