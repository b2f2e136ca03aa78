import type { FromSchema } from "json-schema-to-ts";
import { isTrue, oslo } from "../../../core/booleans.ts";
import { badRequest, isNotFound } from "../../../core/fault.ts";
import type { Caller } from "../../../identity/model/identity.ts";
import type { Image } from "../../../image/model/image.ts";
import { getVisibleImage } from "../../../image/repositories/image-access.ts";
import type { Backend } from "../../../ports/backend.ts";
import type { BootData, Server } from "../../model/server.ts";
import type { ServerChanges } from "../../model/server-changes.ts";
import { getQuotas } from "../../repositories/quotas.ts";
import { type BootVolume, bootImageOf, bootVolumeOf } from "../boot-volume.ts";
import { assertImageFits, assertServerQuota } from "../create/boot-request.ts";
import type { rebuildServerSchema } from "./rebuild-schema.ts";

export type RebuildRequest = FromSchema<typeof rebuildServerSchema>["rebuild"];

interface RebuildCall {
  readonly microversion: number;
  readonly caller: Caller;
  readonly project: string;
  readonly now: number;
}

interface PlannedRebuild {
  readonly changes: ServerChanges;
  readonly reimaged?: { readonly volume: BootVolume; readonly image: Image };
}

/**
 * Checks in Nova's order and words (nova/compute/api.py:3685). Unnamed fields stay, except
 * diskConfig.
 */
export async function planRebuild(
  request: RebuildRequest,
  server: Server,
  call: RebuildCall,
  { records, keypairs }: Backend,
): Promise<PlannedRebuild> {
  const { caller, project, now } = call;
  const { name, key_name: keyName, metadata, personality, description, hostname } = request;
  const { accessIPv4, accessIPv6, trusted_image_certificates: certificates } = request;
  if (keyName && !(await keypairs.find(caller.user.id, keyName)))
    throw badRequest("Invalid key_name provided.");
  const image = await getVisibleImage(records, request.imageRef, call).catch((cause: unknown) => {
    throw isNotFound(cause, "image") ? badRequest("Cannot find image for rebuild") : cause;
  });
  const diskConfig = resolveDiskConfig(request, image);
  const volume = bootVolumeOf(server);
  const isNewImage = volume !== null && (await bootImageOf(records, volume)) !== image.id;
  if (volume && certificates)
    throw badRequest("Image certificate validation is not supported for volume-backed servers.");
  if (isNewImage && call.microversion < 93)
    throw badRequest(
      `Image ${image.id} is unacceptable: Unable to rebuild with a different image for a volume-backed server.`,
    );
  if (metadata || personality) assertServerQuota(request, await getQuotas(records, project, now));
  if (image.properties["cinder_encryption_key_id"])
    throw badRequest(
      `Image ${image.id} is unacceptable: Direct booting of an image uploaded from an encrypted volume is unsupported.`,
    );
  if (image.status !== "active") throw badRequest(`Image ${image.id} is not active.`);
  // Cinder checks the size of a volume
  if (server.flavor)
    assertImageFits({ ...server.flavor, ...(volume && { disk: Infinity }) }, image, caller);
  const changes = {
    ...(!volume && { image: { id: image.id, name: image.name ?? "" } }),
    diskConfig,
    ...(name !== undefined && { name: name.trim() }),
    ...(description !== undefined && { description }),
    ...(metadata !== undefined && { metadata: metadata as Record<string, string> }),
    ...(accessIPv4 !== undefined && { accessIPv4 }),
    ...(accessIPv6 !== undefined && { accessIPv6 }),
    ...(keyName !== undefined && { keyName }),
    ...(certificates !== undefined && { trustedCertificates: certificates }),
    ...(hostname !== undefined && { hostname }),
  };
  return { changes, ...(isNewImage && { reimaged: { volume, image } }) };
}

/** Defaults to the image's property (nova/compute/api.py:687). */
function resolveDiskConfig(request: RebuildRequest, image: Image): "AUTO" | "MANUAL" {
  const { "OS-DCF:diskConfig": requested } = request;
  const imageConfig = image.properties["auto_disk_config"]?.trim() ?? "";
  if (requested === "AUTO" && imageConfig.toLowerCase() === "disabled")
    throw badRequest(`Requested image ${image.id} has automatic disk resize disabled.`);
  return requested ?? (isTrue(oslo, imageConfig) ? "AUTO" : "MANUAL");
}

export function mergeBootData(was: BootData, request: RebuildRequest): BootData {
  const { user_data: userData, personality } = request;
  const { userData: storedUserData, ...others } = was;
  const newUserData = userData === undefined ? storedUserData : userData;
  return {
    ...others,
    ...(typeof newUserData === "string" && { userData: newUserData }),
    ...(personality && {
      personality: personality.map(({ path = "", contents = "" }) => ({ path, contents })),
    }),
  };
}
