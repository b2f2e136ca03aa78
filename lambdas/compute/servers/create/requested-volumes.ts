import { badRequest, Fault, isNotFound } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { type Image, imageAt, isExpired } from "../../../image/model/image.ts";
import { isVisibleTo } from "../../../image/model/visibility.ts";
import { imagesIn } from "../../../image/repositories/images.ts";
import type { Records } from "../../../ports/records.ts";
import type { Volume } from "../../../volume/model/volume.ts";
import { isTypeVisible, type VolumeType } from "../../../volume/model/volume-type.ts";
import { getSnapshot } from "../../../volume/repositories/snapshots.ts";
import type { VolumeSource } from "../../../volume/repositories/volume-creation.ts";
import { typesIn } from "../../../volume/repositories/volume-types.ts";
import { getVolume } from "../../../volume/repositories/volumes.ts";
import type { Flavor } from "../../model/flavor.ts";
import type { BlockDevice } from "./block-device-mapping.ts";

/** An existing volume, or one to create. */
export interface RequestedVolume {
  readonly device: BlockDevice;
  readonly volume: Volume | null;
  readonly source: VolumeSource;
  /** GiB. */
  readonly size: number;
  readonly type: VolumeType | null;
}

interface VolumeLookup {
  readonly records: Records;
  readonly project: string;
  readonly allProjects: boolean;
  readonly microversion: number;
  readonly now: Instant;
}

const mappingSourceNotFound = (kind: string, id: string) =>
  badRequest(`Block Device Mapping is Invalid: failed to get ${kind} ${id}.`);

/** The root disk's minimum sizes, without an image (nova/block_device.py:615). */
export async function getRootImageMeta(
  root: BlockDevice | undefined,
  lookup: VolumeLookup,
): Promise<Pick<Image, "minDisk" | "minRam"> | null> {
  if (!root?.id) return null;
  const { id } = root;
  if (root.source === "image") {
    const image = await getSourceImage(id, lookup);
    if (imageAt(image, lookup.now).status !== "active")
      throw badRequest(`Image ${image.id} is not active.`);
    return image;
  }
  const volume = await getSourceVolume(root, id, lookup);
  if (!volume.bootable) throw badRequest(`Block Device ${volume.id} is not bootable.`);
  const { min_ram: minRam, min_disk: minDisk } = volume.image ?? {};
  return { minRam: Number(minRam ?? 0), minDisk: Number(minDisk ?? 0) };
}

async function getSourceVolume(
  { source }: BlockDevice,
  id: string,
  { records, now, ...scope }: VolumeLookup,
): Promise<Volume> {
  try {
    return source === "snapshot"
      ? (await getSnapshot(records, scope, id, now)).volume
      : await getVolume(records, scope, id, now);
  } catch (cause) {
    if (isNotFound(cause, "snapshot")) throw badRequest(`Snapshot ${id} could not be found.`);
    if (isNotFound(cause, "volume")) throw mappingSourceNotFound("volume", id);
    throw cause;
  }
}

async function getSourceImage(id: string, { records, project, now }: VolumeLookup): Promise<Image> {
  const image = await imagesIn(records).findById(id);
  if (!image || isExpired(image, now) || !isVisibleTo(image, project))
    throw mappingSourceNotFound("image", id);
  return image;
}

/** nova/compute/api.py:1973 _validate_bdm. */
export async function parseVolumes(
  devices: readonly BlockDevice[],
  { flavor, maxCount, imageRef }: { flavor: Flavor; maxCount: number; imageRef: string },
  lookup: VolumeLookup,
): Promise<RequestedVolume[]> {
  const isRootName = (name: string | null) => name?.replace(/^\/dev\//, "") === "vda";
  if (
    imageRef !== "" &&
    devices.some((one) => one.destination === "volume" && isRootName(one.name))
  )
    throw badRequest("The volume cannot be assigned the same device name as the root device vda");
  if (maxCount > 1 && devices.some(({ source }) => source === "volume"))
    throw badRequest("Cannot attach one or more volumes to multiple instances");
  const bootOrder = devices
    .flatMap(({ bootIndex }) => bootIndex ?? [])
    .sort((one, other) => one - other);
  if (bootOrder.length === 0 || bootOrder.some((index, i) => index !== i))
    throw badRequest(
      "Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.",
    );
  const requestedVolumes: RequestedVolume[] = [];
  for (const device of devices) {
    const type = device.type ? await getVolumeType(device.type, lookup) : null;
    if (device.destination === "volume")
      requestedVolumes.push(await parseVolume(device, type, lookup));
    if (device.bus !== null && !diskBuses.includes(device.bus))
      throw badRequest("Block Device Mapping is Invalid.");
  }
  assertLocalDevicesFit(devices, flavor);
  return requestedVolumes;
}

/** nova/objects/fields.py DiskBus. */
const diskBuses = ["fdc", "ide", "sata", "scsi", "usb", "virtio", "xen", "lxc", "uml"];

async function getVolumeType(
  nameOrId: string,
  { records, ...scope }: VolumeLookup,
): Promise<VolumeType> {
  const all = (await typesIn(records).all()).filter((type) => isTypeVisible(scope, type));
  const type = all.find(({ id, name }) => id === nameOrId || name === nameOrId);
  if (!type) throw badRequest(`Volume type ${nameOrId} could not be found.`);
  return type;
}

async function parseVolume(
  device: BlockDevice,
  type: VolumeType | null,
  lookup: VolumeLookup,
): Promise<RequestedVolume> {
  const { records, now, ...scope } = lookup;
  const { source, size } = device;
  const id = device.id ?? "";
  const common = { device, type, volume: null };
  if (source === "image") {
    const image = await getSourceImage(id, lookup);
    if (!size)
      throw badRequest(
        "Images with destination_type 'volume' need to have a non-zero size specified",
      );
    return { ...common, size, source: { kind: "image", image } };
  }
  if (source === "blank") {
    if (!size)
      throw badRequest(
        "Blank volumes (source: 'blank', dest: 'volume') need to have non-zero size",
      );
    return { ...common, size, source: { kind: "blank" } };
  }
  if (source === "snapshot")
    try {
      const found = await getSnapshot(records, scope, id, now);
      return {
        ...common,
        size: size ?? found.snapshot.size,
        source: { kind: "snapshot", ...found },
      };
    } catch (cause) {
      throw cause instanceof Fault ? mappingSourceNotFound("snapshot", id) : cause;
    }
  try {
    const volume = await getVolume(records, scope, id, now);
    if (volume.multiattach && lookup.microversion < 60)
      throw badRequest(
        "Multiattach volumes are only supported starting with compute API version 2.60.",
      );
    return { ...common, volume, size: volume.size, source: { kind: "volume", volume } };
  } catch (cause) {
    if (isNotFound(cause, "volume")) throw badRequest(`Volume ${id} could not be found.`);
    throw cause;
  }
}

/** nova/conf/compute.py max_local_block_devices. */
const maxLocalDevices = 3;

/** Local disks must fit the flavor. */
function assertLocalDevicesFit(
  devices: readonly BlockDevice[],
  { ephemeral = 0, swap = 0 }: Flavor,
): void {
  const local = devices.filter(({ destination }) => destination === "local");
  const blank = local.filter(({ source }) => source === "blank");
  const swaps = blank.filter(({ isSwap }) => isSwap);
  const disks = blank.filter(({ isSwap }) => !isSwap);
  if (disks.reduce((sum, { size }) => sum + (size ?? ephemeral), 0) > ephemeral)
    throw badRequest(
      "Ephemeral disks requested are larger than the instance type allows. If no size is given in one block device mapping, flavor ephemeral size will be used.",
    );
  if (swaps.length > 1)
    throw badRequest("Block Device Mapping is Invalid: More than one swap drive requested.");
  if ((swaps[0]?.size ?? 0) > swap)
    throw badRequest("Swap drive requested is larger than instance type allows.");
  const flavorDiskCount =
    (disks.length === 0 && ephemeral > 0 ? 1 : 0) + (swaps.length === 0 && swap ? 1 : 0);
  if (local.length + flavorDiskCount > maxLocalDevices)
    throw badRequest(
      "Block Device Mapping is Invalid: You specified more local devices than the limit allows",
    );
}
