import { Fault, noSuch } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { type Caller, holds } from "../../identity/model/identity.ts";
import type { Records } from "../../ports/records.ts";
import { type Image, isOver, seenAt } from "../model/image.ts";
import { owns, visibleTo } from "../model/visibility.ts";
import { imagesIn } from "./images.ts";

/** Who may see an image and who may change it (glance/db/sqlalchemy/api.py is_image_visible, is_image_mutable). */

export interface Asking {
  readonly caller: Caller;
  readonly now: Instant;
}

const visible = (image: Image, caller: Caller): boolean =>
  holds(caller, "admin") || visibleTo(image, caller.project?.id ?? "");

/** The image as it is now, or as good as none where the caller may not see it. (GetItem) */
export async function imageFor(
  records: Records,
  id: string,
  { caller, now }: Asking,
): Promise<Image> {
  const image = await imagesIn(records).withId(id.toLowerCase());
  if (!image || isOver(image, now) || !visible(image, caller)) throw noSuch("image", id);
  return seenAt(image, now);
}

/** All that the caller may see, as they are now. (Query) */
export async function imagesFor(records: Records, { caller, now }: Asking): Promise<Image[]> {
  const all = await imagesIn(records).all();
  return all
    .filter((image) => !isOver(image, now) && visible(image, caller))
    .map((image) => seenAt(image, now));
}

export const mutable = (image: Image, caller: Caller): boolean =>
  holds(caller, "admin") || owns(image, caller.project?.id ?? "");

/**
 * Changes an image that is the caller's own. `to` sees it as it is now, and its stamp is moved
 * unless it answers with the very image. (GetItem, PutItem)
 */
export async function changeImage(
  records: Records,
  id: string,
  { caller, now }: Asking,
  to: (image: Image) => Image,
): Promise<Image> {
  // seen first, so that nothing is written about an image which is not theirs to change
  refuseForeign(await imageFor(records, id, { caller, now }), caller);
  const changed = await imagesIn(records).change(id.toLowerCase(), (was) => {
    refuseForeign(was, caller);
    const seen = seenAt(was, now);
    const image = to(seen);
    return image === seen ? was : fitting({ ...image, updated: now });
  });
  if (!changed) throw noSuch("image", id);
  return changed;
}

/** (GetItem, DeleteItem, PutItem) */
export async function removeImage(records: Records, id: string, asking: Asking): Promise<Image> {
  const image = await imageFor(records, id, asking);
  refuseForeign(image, asking.caller);
  if (image.protected) throw denied(`Image ${image.id} is protected and cannot be deleted.`);
  if (!(await imagesIn(records).remove(image.id))) throw noSuch("image", id);
  return image;
}

/** Bytes of what is said of an image, which is one item of DynamoDB's 400 KB. */
const largestImage = 300_000;

/** glance/common/config.py image_property_quota, image_tag_quota and image_member_quota. */
const most = 128;

/** What can be kept; Glance has such limits too (glance/quota/__init__.py). */
export function fitting(image: Image): Image {
  const counts = [Object.keys(image.properties), image.tags, Object.keys(image.members)];
  if (counts.some(({ length }) => length > most))
    throw new Fault({ kind: "too-large", limit: most });
  if (new TextEncoder().encode(JSON.stringify(image)).length > largestImage)
    throw new Fault({ kind: "too-large", limit: largestImage });
  return image;
}

export const denied = (reason: string): Fault => new Fault({ kind: "denied", reason });

/** glance/api/v2/policy.py check_is_image_mutable. */
function refuseForeign(image: Image, caller: Caller): void {
  if (!mutable(image, caller)) throw denied("You do not own this image");
}
