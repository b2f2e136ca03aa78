import { Fault, malformed } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { type Caller, holds } from "../../../identity/model/identity.ts";
import { type Image, isOver, seenAt } from "../../../image/model/image.ts";
import { visibleTo } from "../../../image/model/visibility.ts";
import { imagesIn } from "../../../image/repositories/images.ts";
import type { Records } from "../../../ports/records.ts";
import type { Flavor } from "../../model/flavor.ts";
import { idIn } from "../../model/id-from-href.ts";
import type { Quotas } from "../../model/quota-names.ts";
import { flavorFor } from "../../repositories/flavors.ts";
import { ceiling, quotasOf } from "../../repositories/quotas.ts";
import { devicesOf } from "./block-device-mapping.ts";
import type { BootRequest } from "./create-schema.ts";
import { placeOf } from "./requested-destination.ts";
import { groupsOf, nicsOf } from "./requested-networks.ts";
import { partsOf, rootMeta } from "./requested-volumes.ts";

/**
 * What a request asks to be booted, found and checked in Nova's order and refused in its words
 * (nova/api/openstack/compute/servers.py:662, nova/compute/api.py:900).
 */
export async function understood(
  request: BootRequest,
  {
    caller,
    project,
    now,
    microversion,
  }: { caller: Caller; project: string; now: Instant; microversion: number },
  records: Records,
) {
  const { least, most } = counts(request);
  const place = await placeOf(request, { caller, now }, records);
  const devices = devicesOf(request);
  const imageRef = request.imageRef ?? "";
  if (imageRef === "" && devices.length === 0) throw malformed("Missing imageRef attribute");
  const [image, quotas] = await Promise.all([
    imageRef === "" ? null : imageOf(imageRef, records, project, now),
    quotasOf(records, project, now),
  ]);
  const flavor = await flavorOf(request, caller, records);
  const sight = { records, project, everywhere: holds(caller, "admin"), microversion, now };
  const root = devices.find(({ boots }) => boots === 0);
  const meta = image ?? (await rootMeta(root, sight));
  refuseExcess(request, quotas);
  if (root?.destination === "volume") refuseSmallVolume(flavor, meta, root.size);
  else if (image) refuseSmall(flavor, image, caller);
  const parts = await partsOf(devices, { flavor, most, imageRef }, sight);
  if (request.hostname !== undefined && most > 1)
    throw malformed("Unable to allocate a single hostname to multiple instances");
  const groups = await groupsOf(request, project, records);
  const nics = await nicsOf(request, { project, most, records });
  return { least, most, image, parts, flavor, quotas, groups, nics, place };
}

function counts({ min_count, max_count }: BootRequest): { least: number; most: number } {
  const least = Number(min_count ?? 1);
  const most = Number(max_count ?? least);
  if (least > most) throw malformed("min_count must be <= max_count");
  return { least, most };
}

async function imageOf(
  imageRef: string,
  records: Records,
  project: string,
  now: Instant,
): Promise<Image> {
  const image = await imagesIn(records).withId(imageRef.toLowerCase());
  if (!image || isOver(image, now) || !visibleTo(image, project))
    throw malformed("Can not find requested image");
  if (seenAt(image, now).status !== "active") throw malformed(`Image ${image.id} is not active.`);
  return image;
}

/** An id, a number or an address (E-16). */
async function flavorOf(
  { flavorRef }: BootRequest,
  caller: Caller,
  records: Records,
): Promise<Flavor> {
  const id = idIn(String(flavorRef));
  const flavor = await flavorFor(records, id, caller);
  if (!flavor) throw malformed(`Flavor ${id} could not be found.`);
  return flavor;
}

const over = (reason: string) => new Fault({ kind: "denied", reason });

/** E-13, E-15: these are 403. */
export function refuseExcess(
  { metadata = {}, personality = [] }: Pick<BootRequest, "metadata" | "personality">,
  quotas: Quotas,
): void {
  const {
    metadata_items: items,
    injected_file_path_bytes: longest,
    injected_files: files,
  } = quotas;
  const largest = ceiling(quotas.injected_file_content_bytes);
  if (Object.keys(metadata).length > ceiling(items))
    throw over(`Maximum number of metadata items exceeds ${items}`);
  if (personality.length > ceiling(files)) throw over("Personality file limit exceeded");
  for (const { path = "", contents = "" } of personality) {
    if (path.length > ceiling(longest))
      throw over(`Personality file path exceeds maximum ${longest}`);
    if (contents.length > largest)
      throw over(`Personality file content exceeds maximum ${largest}`);
  }
}

export function refuseSmall(
  flavor: Pick<Flavor, "ram" | "disk">,
  image: Image,
  caller: Caller,
): void {
  if (flavor.ram < image.minRam)
    throw malformed("Flavor's memory is too small for requested image.");
  // no disk at all is for volumes, but for administrators (nova/policies/servers.py ZERO_DISK_FLAVOR)
  if (flavor.disk === 0 && !holds(caller, "admin"))
    throw over("Only volume-backed servers are allowed for flavors with zero disk.");
  if (flavor.disk > 0 && gibibytes(flavor.disk) < (image.size ?? 0))
    throw malformed(
      `Flavor's disk is too small for requested image. Flavor disk is ${gibibytes(flavor.disk)} bytes, image is ${image.size} bytes.`,
    );
  if (flavor.disk > 0 && flavor.disk < image.minDisk)
    throw malformed(
      `Flavor's disk is smaller than the minimum size specified in image metadata. Flavor disk is ${gibibytes(flavor.disk)} bytes, minimum size is ${gibibytes(image.minDisk)} bytes.`,
    );
}

/** Of what is on a volume the flavor's disk does not matter (nova/compute/api.py:830). */
function refuseSmallVolume(
  { ram }: Pick<Flavor, "ram">,
  meta: Pick<Image, "minDisk" | "minRam"> | null,
  size: number | null,
): void {
  if (!meta) return;
  if (ram < meta.minRam) throw malformed("Flavor's memory is too small for requested image.");
  if (size !== null && meta.minDisk > size)
    throw malformed(
      `Volume is smaller than the minimum size specified in image metadata. Volume size is ${gibibytes(size)} bytes, minimum size is ${gibibytes(meta.minDisk)} bytes.`,
    );
}

const gibibytes = (count: number) => count * 1024 ** 3;
