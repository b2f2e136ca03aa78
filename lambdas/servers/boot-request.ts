import type { FromSchema } from "json-schema-to-ts";
import type { Records } from "../domain/backend.ts";
import { Fault, malformed } from "../domain/fault.ts";
import { type Flavor, flavorsIn } from "../domain/flavor.ts";
import { type Image, imagesIn, seenAt } from "../domain/image.ts";
import { visibleTo } from "../domain/image-access.ts";
import type { Instant } from "../domain/lifecycle.ts";
import { limits } from "../domain/quota.ts";
import { idIn } from "../domain/reference.ts";
import { groupsOf, networkOf } from "./boot-networks.ts";
import type { createSchema } from "./create-schema.ts";

export type BootRequest = FromSchema<typeof createSchema>["server"];

/**
 * What a request asks to be booted, found and checked in Nova's order and refused in its words
 * (nova/api/openstack/compute/servers.py:662, nova/compute/api.py:900).
 */
export async function understood(
  request: BootRequest,
  project: string,
  records: Records,
  now: Instant,
) {
  const { least, most } = counts(request);
  refuseZone(request);
  refuseVolumes(request);
  const image = await imageOf(request, records, project, now);
  const flavor = await flavorOf(request, records);
  refuseExcess(request);
  refuseSmall(flavor, image);
  const securityGroups = groupsOf(request, project);
  const fixedIp = networkOf(request, most);
  return { least, most, image, flavor, securityGroups, fixedIp };
}

function counts({ min_count, max_count }: BootRequest): { least: number; most: number } {
  const least = Number(min_count ?? 1);
  const most = Number(max_count ?? least);
  if (least > most) throw malformed("min_count must be <= max_count");
  return { least, most };
}

/** The one zone there is. */
export const zone = "nova";

function refuseZone({ availability_zone }: BootRequest): void {
  if (availability_zone !== undefined && availability_zone.split(":")[0]?.trim() !== zone)
    throw malformed("The requested availability zone is not available");
}

/** There is no volume service to ask for one; an image on a local disk is what a server has anyway. */
function refuseVolumes(request: BootRequest): void {
  const [mapped] = request.block_device_mapping ?? [];
  const foreign =
    mapped ??
    request.block_device_mapping_v2?.find(
      ({ source_type, destination_type }) =>
        source_type !== "image" || destination_type === "volume",
    );
  if (!foreign) return;
  const id = foreign.volume_id ?? foreign.snapshot_id ?? ("uuid" in foreign && foreign.uuid) ?? "";
  throw malformed(`Block Device Mapping is Invalid: failed to get volume ${id}.`);
}

async function imageOf(
  { imageRef, block_device_mapping_v2 }: BootRequest,
  records: Records,
  project: string,
  now: Instant,
): Promise<Image> {
  const reference = imageRef || block_device_mapping_v2?.[0]?.uuid;
  if (!reference) throw malformed("Missing imageRef attribute");
  const image = await imagesIn(records).withId(reference.toLowerCase());
  if (!image || !visibleTo(image, project)) throw malformed("Can not find requested image");
  if (seenAt(image, now).status !== "active") throw malformed(`Image ${image.id} is not active.`);
  return image;
}

/** An id, a number or an address (E-16). */
async function flavorOf({ flavorRef }: BootRequest, records: Records): Promise<Flavor> {
  const id = idIn(String(flavorRef));
  const flavor = await flavorsIn(records).withId(id);
  if (!flavor) throw malformed(`Flavor ${id} could not be found.`);
  return flavor;
}

const over = (reason: string) => new Fault({ kind: "denied", reason });

/** E-13, E-15: these are 403. */
function refuseExcess({ metadata = {}, personality = [] }: BootRequest): void {
  if (Object.keys(metadata).length > limits.metadataItems)
    throw over(`Maximum number of metadata items exceeds ${limits.metadataItems}`);
  if (personality.length > limits.personality) throw over("Personality file limit exceeded");
  for (const { path = "", contents = "" } of personality) {
    if (path.length > limits.personalityPath)
      throw over(`Personality file path exceeds maximum ${limits.personalityPath}`);
    if (contents.length > limits.personalityContent)
      throw over(`Personality file content exceeds maximum ${limits.personalityContent}`);
  }
}

function refuseSmall(flavor: Flavor, image: Image): void {
  if (flavor.ram < image.minRam)
    throw malformed("Flavor's memory is too small for requested image.");
  if (flavor.disk < image.minDisk)
    throw malformed(
      `Flavor's disk is smaller than the minimum size specified in image metadata. Flavor disk is ${gibibytes(flavor.disk)} bytes, minimum size is ${gibibytes(image.minDisk)} bytes.`,
    );
}

const gibibytes = (count: number) => count * 1024 ** 3;
