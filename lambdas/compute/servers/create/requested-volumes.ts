import { Fault, isNoSuch, malformed } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { type Image, isOver, seenAt } from "../../../image/model/image.ts";
import { visibleTo } from "../../../image/model/visibility.ts";
import { imagesIn } from "../../../image/repositories/images.ts";
import type { Records } from "../../../ports/records.ts";
import type { Volume } from "../../../volume/model/volume.ts";
import { seesType, type VolumeType } from "../../../volume/model/volume-type.ts";
import { snapshotWith } from "../../../volume/repositories/snapshots.ts";
import type { Source } from "../../../volume/repositories/volume-creation.ts";
import { typesIn } from "../../../volume/repositories/volume-types.ts";
import { volumeWith } from "../../../volume/repositories/volumes.ts";
import type { Flavor } from "../../model/flavor.ts";
import type { Device } from "./block-device-mapping.ts";

/** A volume a server is to have: one that there is, or one to be made of something. */
export interface Part {
  readonly device: Device;
  readonly volume: Volume | null;
  readonly source: Source;
  /** GiB. */
  readonly size: number;
  readonly type: VolumeType | null;
}

interface Asking {
  readonly records: Records;
  readonly project: string;
  readonly everywhere: boolean;
  readonly microversion: number;
  readonly now: Instant;
}

const bad = (what: string, id: string) =>
  malformed(`Block Device Mapping is Invalid: failed to get ${what} ${id}.`);

/** What is known of the disk to boot from, where no image is named (nova/block_device.py:615). */
export async function rootMeta(
  root: Device | undefined,
  asking: Asking,
): Promise<Pick<Image, "minDisk" | "minRam"> | null> {
  if (!root?.id) return null;
  const { id } = root;
  if (root.source === "image") {
    const image = await imageWith(id, asking);
    if (seenAt(image, asking.now).status !== "active")
      throw malformed(`Image ${image.id} is not active.`);
    return image;
  }
  const volume = await volumeOf(root, id, asking);
  if (!volume.bootable) throw malformed(`Block Device ${volume.id} is not bootable.`);
  const { min_ram: ram, min_disk: disk } = volume.image ?? {};
  return { minRam: Number(ram ?? 0), minDisk: Number(disk ?? 0) };
}

async function volumeOf(
  { source }: Device,
  id: string,
  { records, now, ...reach }: Asking,
): Promise<Volume> {
  try {
    return source === "snapshot"
      ? (await snapshotWith(records, reach, id, now)).volume
      : await volumeWith(records, reach, id, now);
  } catch (cause) {
    if (isNoSuch(cause, "snapshot")) throw malformed(`Snapshot ${id} could not be found.`);
    if (isNoSuch(cause, "volume")) throw bad("volume", id);
    throw cause;
  }
}

async function imageWith(id: string, { records, project, now }: Asking): Promise<Image> {
  const image = await imagesIn(records).withId(id);
  if (!image || isOver(image, now) || !visibleTo(image, project)) throw bad("image", id);
  return image;
}

/** The disks as Nova takes them, or why it does not (nova/compute/api.py:1973 _validate_bdm). */
export async function partsOf(
  devices: readonly Device[],
  { flavor, most, imageRef }: { flavor: Flavor; most: number; imageRef: string },
  asking: Asking,
): Promise<Part[]> {
  const named = (name: string | null) => name?.replace(/^\/dev\//, "") === "vda";
  if (imageRef !== "" && devices.some((one) => one.destination === "volume" && named(one.name)))
    throw malformed("The volume cannot be assigned the same device name as the root device vda");
  if (most > 1 && devices.some(({ source }) => source === "volume"))
    throw malformed("Cannot attach one or more volumes to multiple instances");
  const order = devices.flatMap(({ boots }) => boots ?? []).sort((one, other) => one - other);
  if (order.length === 0 || order.some((index, i) => index !== i))
    throw malformed(
      "Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.",
    );
  const parts: Part[] = [];
  for (const device of devices) {
    const type = device.type ? await typeOf(device.type, asking) : null;
    if (device.destination === "volume") parts.push(await partOf(device, type, asking));
    if (device.bus !== null && !buses.includes(device.bus))
      throw malformed("Block Device Mapping is Invalid.");
  }
  refuseLocal(devices, flavor);
  return parts;
}

/** nova/objects/fields.py DiskBus. */
const buses = ["fdc", "ide", "sata", "scsi", "usb", "virtio", "xen", "lxc", "uml"];

async function typeOf(asked: string, { records, ...reach }: Asking): Promise<VolumeType> {
  const all = (await typesIn(records).all()).filter((type) => seesType(reach, type));
  const type = all.find(({ id, name }) => id === asked || name === asked);
  if (!type) throw malformed(`Volume type ${asked} could not be found.`);
  return type;
}

async function partOf(device: Device, type: VolumeType | null, asking: Asking): Promise<Part> {
  const { records, now, ...reach } = asking;
  const { source, size } = device;
  const id = device.id ?? "";
  const none = { device, type, volume: null };
  if (source === "image") {
    const image = await imageWith(id, asking);
    if (!size)
      throw malformed(
        "Images with destination_type 'volume' need to have a non-zero size specified",
      );
    return { ...none, size, source: { kind: "image", image } };
  }
  if (source === "blank") {
    if (!size)
      throw malformed("Blank volumes (source: 'blank', dest: 'volume') need to have non-zero size");
    return { ...none, size, source: { kind: "blank" } };
  }
  if (source === "snapshot")
    try {
      const taken = await snapshotWith(records, reach, id, now);
      return { ...none, size: size ?? taken.snapshot.size, source: { kind: "snapshot", ...taken } };
    } catch (cause) {
      throw cause instanceof Fault ? bad("snapshot", id) : cause;
    }
  try {
    const volume = await volumeWith(records, reach, id, now);
    if (volume.multiattach && asking.microversion < 60)
      throw malformed(
        "Multiattach volumes are only supported starting with compute API version 2.60.",
      );
    return { ...none, volume, size: volume.size, source: { kind: "volume", volume } };
  } catch (cause) {
    if (isNoSuch(cause, "volume")) throw malformed(`Volume ${id} could not be found.`);
    throw cause;
  }
}

/** nova/conf/compute.py max_local_block_devices. */
const mostLocal = 3;

/** What lies on the host has to fit the flavor. */
function refuseLocal(devices: readonly Device[], { ephemeral = 0, swap = 0 }: Flavor): void {
  const local = devices.filter(({ destination }) => destination === "local");
  const blank = local.filter(({ source }) => source === "blank");
  const swaps = blank.filter(({ isSwap }) => isSwap);
  const disks = blank.filter(({ isSwap }) => !isSwap);
  if (disks.reduce((sum, { size }) => sum + (size ?? ephemeral), 0) > ephemeral)
    throw malformed(
      "Ephemeral disks requested are larger than the instance type allows. If no size is given in one block device mapping, flavor ephemeral size will be used.",
    );
  if (swaps.length > 1)
    throw malformed("Block Device Mapping is Invalid: More than one swap drive requested.");
  if ((swaps[0]?.size ?? 0) > swap)
    throw malformed("Swap drive requested is larger than instance type allows.");
  const own = (disks.length === 0 && ephemeral > 0 ? 1 : 0) + (swaps.length === 0 && swap ? 1 : 0);
  if (local.length + own > mostLocal)
    throw malformed(
      "Block Device Mapping is Invalid: You specified more local devices than the limit allows",
    );
}
