import { badRequest } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import { type Image, imageAt as imageSeenAt } from "../../image/model/image.ts";
import type { Records } from "../../ports/records.ts";
import { invalidInput, invalidVolume } from "../model/attachment.ts";
import { delayMs } from "../model/scheduled-change.ts";
import { type SnapshotOfVolume, type Volume, zone } from "../model/volume.ts";
import { defaultType, isMultiattach, type VolumeType } from "../model/volume-type.ts";
import { getTypeByIdOrName } from "./volume-types.ts";

export type VolumeSource =
  | { readonly kind: "blank" }
  | { readonly kind: "image"; readonly image: Image }
  | ({ readonly kind: "snapshot" } & SnapshotOfVolume)
  | { readonly kind: "volume"; readonly volume: Volume };

export interface VolumeRequest {
  readonly id: string;
  readonly user: string;
  readonly project: string;
  readonly name: string | null;
  readonly description: string | null;
  /** GiB; null: the source's size. */
  readonly size: number | null;
  /** null: the source's type, or the default one. */
  readonly type: VolumeType | null;
  /** Overrides the type. */
  readonly multiattach?: boolean;
  readonly zone: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly source: VolumeSource;
  readonly now: Instant;
}

/** Throws `malformed` (cinder/volume/flows/api/create_volume.py). */
export function newVolume(request: VolumeRequest): Volume {
  const { source, now } = request;
  const size = resolveSize(request);
  if (request.zone !== null && request.zone !== zone)
    throw badRequest(`Availability zone '${request.zone}' is invalid.`);
  const from = source.kind === "snapshot" || source.kind === "volume" ? source.volume : null;
  const type = request.type ?? from?.type ?? defaultType;
  return {
    id: request.id,
    project_id: request.project,
    user: request.user,
    name: request.name,
    description: request.description,
    zone,
    size,
    type: { id: type.id, name: type.name },
    multiattach:
      request.multiattach ||
      (request.type ? isMultiattach(request.type) : (from?.multiattach ?? false)),
    metadata: request.metadata,
    bootable: source.kind === "image" || (from?.bootable ?? false),
    readonly: null,
    snapshot: source.kind === "snapshot" ? source.snapshot.id : null,
    source: source.kind === "volume" ? source.volume.id : null,
    image: source.kind === "image" ? volumeImageMetadata(source.image) : (from?.image ?? null),
    snapshots: [],
    ties: [],
    created: now,
    updated: null,
    status: "creating",
    motion: { due: now + delayMs, becoming: { status: "available" } },
  };
}

/** @calls Query */
export const getRequestedType = async (
  records: Records,
  scope: ProjectScope,
  idOrName: string | null,
): Promise<VolumeType | null> => (idOrName ? getTypeByIdOrName(records, scope, idOrName) : null);

function resolveSize({ source, size: requestedSize, now }: VolumeRequest): number {
  if (source.kind === "volume") {
    const { status, size } = source.volume;
    const allowedStatuses = ["available", "in-use"];
    if (!allowedStatuses.includes(status))
      throw invalidVolume(
        `Originating source volume status must be one of '${allowedStatuses.join(", ")}' values`,
      );
    if (requestedSize !== null && requestedSize < size)
      throw invalidInput(
        `Volume size '${requestedSize}'GB cannot be smaller than original volume size  ${size}GB. They must be >= original volume size.`,
      );
    return requestedSize ?? size;
  }
  if (source.kind === "snapshot") {
    const { status, size } = source.snapshot;
    if (status !== "available")
      throw badRequest(
        "Invalid snapshot: Originating snapshot status must be one of 'available' values",
      );
    if (requestedSize !== null && requestedSize < size)
      throw invalidInput(
        `Volume size '${requestedSize}'GB cannot be smaller than the snapshot size ${size}GB. They must be >= original snapshot size.`,
      );
    return requestedSize ?? size;
  }
  if (requestedSize === null)
    throw invalidInput("Volume size 'None' must be an integer and greater than 0");
  if (source.kind === "image") assertSourceFits(source.image, requestedSize, now);
  return requestedSize;
}

/** cinder/volume/volume_utils.py check_image_metadata. */
function assertSourceFits(image: Image, size: number, now: Instant): void {
  const { status, size: bytes, minDisk, id } = imageSeenAt(image, now);
  if (status !== "active") throw invalidInput(`Image ${id} is not active.`);
  const gibibytes = Math.ceil((bytes ?? 0) / 1024 ** 3);
  if (gibibytes > size)
    throw invalidInput(
      `Size of specified image ${gibibytes}GB is larger than volume size ${size}GB.`,
    );
  if (minDisk > size)
    throw invalidInput(
      `Volume size ${size}GB cannot be smaller than the image minDisk size ${minDisk}GB.`,
    );
}

/** cinder/volume/flows/manager/create_volume.py. */
export const volumeImageMetadata = (image: Image): Readonly<Record<string, string>> => ({
  ...image.properties,
  image_id: image.id,
  image_name: image.name ?? "",
  container_format: image.containerFormat ?? "",
  disk_format: image.diskFormat ?? "",
  min_disk: String(image.minDisk),
  min_ram: String(image.minRam),
  size: String(image.size ?? 0),
  ...(image.checksum !== null && { checksum: image.checksum }),
});
