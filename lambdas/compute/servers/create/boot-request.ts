import { badRequest, Fault } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { type Caller, hasRole } from "../../../identity/model/identity.ts";
import { type Image, imageAt, isExpired } from "../../../image/model/image.ts";
import { isVisibleTo } from "../../../image/model/visibility.ts";
import { imagesIn } from "../../../image/repositories/images.ts";
import type { Records } from "../../../ports/records.ts";
import type { Flavor } from "../../model/flavor.ts";
import { idFromHref } from "../../model/id-from-href.ts";
import type { Quotas } from "../../model/quota-names.ts";
import { findFlavor } from "../../repositories/flavors.ts";
import { getQuotas, limitOrInfinity } from "../../repositories/quotas.ts";
import { parseBlockDevices } from "./block-device-mapping.ts";
import type { BootRequest } from "./create-schema.ts";
import { parseDestination } from "./requested-destination.ts";
import { getRequestedGroups, parseNetworks } from "./requested-networks.ts";
import { getRootImageMeta, parseVolumes } from "./requested-volumes.ts";

/**
 * Checks in Nova's order and words (nova/api/openstack/compute/servers.py:662,
 * nova/compute/api.py:900).
 */
export async function resolveBootRequest(
  request: BootRequest,
  {
    caller,
    project,
    now,
    microversion,
  }: { caller: Caller; project: string; now: Instant; microversion: number },
  records: Records,
) {
  const { minCount, maxCount } = parseCounts(request);
  const destination = await parseDestination(request, { caller, now }, records);
  const devices = parseBlockDevices(request);
  const imageRef = request.imageRef ?? "";
  if (imageRef === "" && devices.length === 0) throw badRequest("Missing imageRef attribute");
  const [image, quotas] = await Promise.all([
    imageRef === "" ? null : getBootImage(imageRef, records, project, now),
    getQuotas(records, project, now),
  ]);
  const flavor = await getRequestedFlavor(request, caller, records);
  const scope = { records, project, allProjects: hasRole(caller, "admin"), microversion, now };
  const rootDevice = devices.find(({ bootIndex }) => bootIndex === 0);
  const imageMeta = image ?? (await getRootImageMeta(rootDevice, scope));
  assertServerQuota(request, quotas);
  if (rootDevice?.destination === "volume") assertVolumeFits(flavor, imageMeta, rootDevice.size);
  else if (image) assertImageFits(flavor, image, caller);
  const requestedVolumes = await parseVolumes(devices, { flavor, maxCount, imageRef }, scope);
  if (request.hostname !== undefined && maxCount > 1)
    throw badRequest("Unable to allocate a single hostname to multiple instances");
  const securityGroups = await getRequestedGroups(request, project, records);
  const networkRequests = await parseNetworks(request, { project, maxCount, records });
  return {
    minCount,
    maxCount,
    image,
    requestedVolumes,
    flavor,
    quotas,
    securityGroups,
    networkRequests,
    destination,
  };
}

function parseCounts({ min_count, max_count }: BootRequest): {
  minCount: number;
  maxCount: number;
} {
  const minCount = Number(min_count ?? 1);
  const maxCount = Number(max_count ?? minCount);
  if (minCount > maxCount) throw badRequest("min_count must be <= max_count");
  return { minCount, maxCount };
}

async function getBootImage(
  imageRef: string,
  records: Records,
  project: string,
  now: Instant,
): Promise<Image> {
  const image = await imagesIn(records).findById(imageRef.toLowerCase());
  if (!image || isExpired(image, now) || !isVisibleTo(image, project))
    throw badRequest("Can not find requested image");
  if (imageAt(image, now).status !== "active") throw badRequest(`Image ${image.id} is not active.`);
  return image;
}

/** An id, a number or a URL (E-16). */
async function getRequestedFlavor(
  { flavorRef }: BootRequest,
  caller: Caller,
  records: Records,
): Promise<Flavor> {
  const id = idFromHref(String(flavorRef));
  const flavor = await findFlavor(records, id, caller);
  if (!flavor) throw badRequest(`Flavor ${id} could not be found.`);
  return flavor;
}

const deniedFault = (reason: string) => new Fault({ kind: "denied", reason });

/** 403 (E-13, E-15). */
export function assertServerQuota(
  { metadata = {}, personality = [] }: Pick<BootRequest, "metadata" | "personality">,
  quotas: Quotas,
): void {
  const {
    metadata_items: maxMetadataItems,
    injected_file_path_bytes: maxPathLength,
    injected_files: maxFiles,
  } = quotas;
  const maxContentLength = limitOrInfinity(quotas.injected_file_content_bytes);
  if (Object.keys(metadata).length > limitOrInfinity(maxMetadataItems))
    throw deniedFault(`Maximum number of metadata items exceeds ${maxMetadataItems}`);
  if (personality.length > limitOrInfinity(maxFiles))
    throw deniedFault("Personality file limit exceeded");
  for (const { path = "", contents = "" } of personality) {
    if (path.length > limitOrInfinity(maxPathLength))
      throw deniedFault(`Personality file path exceeds maximum ${maxPathLength}`);
    if (contents.length > maxContentLength)
      throw deniedFault(`Personality file content exceeds maximum ${maxContentLength}`);
  }
}

export function assertImageFits(
  flavor: Pick<Flavor, "ram" | "disk">,
  image: Image,
  caller: Caller,
): void {
  if (flavor.ram < image.minRam)
    throw badRequest("Flavor's memory is too small for requested image.");
  // a flavor without a disk is for volumes (nova/policies/servers.py, ZERO_DISK_FLAVOR)
  if (flavor.disk === 0 && !hasRole(caller, "admin"))
    throw deniedFault("Only volume-backed servers are allowed for flavors with zero disk.");
  if (flavor.disk > 0 && gibToBytes(flavor.disk) < (image.size ?? 0))
    throw badRequest(
      `Flavor's disk is too small for requested image. Flavor disk is ${gibToBytes(flavor.disk)} bytes, image is ${image.size} bytes.`,
    );
  if (flavor.disk > 0 && flavor.disk < image.minDisk)
    throw badRequest(
      `Flavor's disk is smaller than the minimum size specified in image metadata. Flavor disk is ${gibToBytes(flavor.disk)} bytes, minimum size is ${gibToBytes(image.minDisk)} bytes.`,
    );
}

/** The flavor's disk is irrelevant (nova/compute/api.py:830). */
function assertVolumeFits(
  { ram }: Pick<Flavor, "ram">,
  imageMeta: Pick<Image, "minDisk" | "minRam"> | null,
  size: number | null,
): void {
  if (!imageMeta) return;
  if (ram < imageMeta.minRam) throw badRequest("Flavor's memory is too small for requested image.");
  if (size !== null && imageMeta.minDisk > size)
    throw badRequest(
      `Volume is smaller than the minimum size specified in image metadata. Volume size is ${gibToBytes(size)} bytes, minimum size is ${gibToBytes(imageMeta.minDisk)} bytes.`,
    );
}

const gibToBytes = (gib: number) => gib * 1024 ** 3;
