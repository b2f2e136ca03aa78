import { Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Records } from "../../ports/records.ts";
import { type Image, imageAt, isExpired } from "../model/image.ts";
import { isOwnedBy, isVisibleTo } from "../model/visibility.ts";
import { imagesIn } from "./images.ts";

export interface ImageCall {
  readonly caller: Caller;
  readonly now: Instant;
}

/** glance/db/sqlalchemy/api.py is_image_visible. */
const canSeeImage = (image: Image, caller: Caller): boolean =>
  hasRole(caller, "admin") || isVisibleTo(image, caller.project?.id ?? "");

/** Throws `no-such` for an invisible image. @calls GetItem */
export async function getVisibleImage(
  records: Records,
  id: string,
  { caller, now }: ImageCall,
): Promise<Image> {
  const image = await imagesIn(records).findById(id.toLowerCase());
  if (!image || isExpired(image, now) || !canSeeImage(image, caller)) throw notFound("image", id);
  return imageAt(image, now);
}

/** @calls Query */
export async function listVisibleImages(
  records: Records,
  { caller, now }: ImageCall,
): Promise<Image[]> {
  const all = await imagesIn(records).all();
  return all
    .filter((image) => !isExpired(image, now) && canSeeImage(image, caller))
    .map((image) => imageAt(image, now));
}

export const isMutable = (image: Image, caller: Caller): boolean =>
  hasRole(caller, "admin") || isOwnedBy(image, caller.project?.id ?? "");

/**
 * Sets `updated`, unless `update` returns the same object. Throws `no-such`, `denied`, `too-large`.
 * @calls GetItem, PutItem
 */
export async function changeImage(
  records: Records,
  id: string,
  { caller, now }: ImageCall,
  update: (image: Image) => Image,
): Promise<Image> {
  // checked before `change`, which writes a seed
  assertImageMutable(await getVisibleImage(records, id, { caller, now }), caller);
  const changed = await imagesIn(records).change(id.toLowerCase(), (stored) => {
    assertImageMutable(stored, caller);
    const seen = imageAt(stored, now);
    const image = update(seen);
    return image === seen ? stored : enforceImageLimits({ ...image, updated: now });
  });
  if (!changed) throw notFound("image", id);
  return changed;
}

/**
 * Throws `no-such`, `denied`; `no-such` also for an image that is not `isRemovable`.
 * @calls GetItem, DeleteItem, PutItem
 */
export async function removeImage(
  records: Records,
  id: string,
  call: ImageCall,
  isRemovable: (image: Image) => boolean = () => true,
): Promise<Image> {
  const image = await getVisibleImage(records, id, call);
  const removed = await imagesIn(records).removeIf(image, (current) => {
    assertImageMutable(current, call.caller);
    if (current.protected)
      throw accessDenied(`Image ${current.id} is protected and cannot be deleted.`);
    return isRemovable(current);
  });
  if (!removed) throw notFound("image", id);
  return removed;
}

/** Bytes of JSON; DynamoDB's limit is 400 KB. */
const maxImageItemBytes = 300_000;

/** glance/common/config.py image_property_quota, image_tag_quota and image_member_quota. */
const maxImageEntries = 128;

/** Throws `too-large` (glance/quota/__init__.py). */
export function enforceImageLimits(image: Image): Image {
  const counts = [Object.keys(image.properties), image.tags, Object.keys(image.members)];
  if (counts.some(({ length }) => length > maxImageEntries))
    throw new Fault({ kind: "too-large", limit: maxImageEntries });
  if (new TextEncoder().encode(JSON.stringify(image)).length > maxImageItemBytes)
    throw new Fault({ kind: "too-large", limit: maxImageItemBytes });
  return image;
}

export const accessDenied = (reason: string): Fault => new Fault({ kind: "denied", reason });

/** glance/api/v2/policy.py check_is_image_mutable. */
function assertImageMutable(image: Image, caller: Caller): void {
  if (!isMutable(image, caller)) throw accessDenied("You do not own this image");
}
