import type { Records, Shelf } from "../../ports/records.ts";
import { type Collection, collectionOf } from "../../ports/seeded-collection.ts";
import { type Image, images } from "../model/image.ts";

/** The images there are now. */
export const imagesIn = (records: Records): Collection<Image> =>
  collectionOf(records, "IMAGES", images);

/** The bytes of images, in Base64, as far as they fit in an item of DynamoDB's 400 KB. */
export const imageData: Shelf<{ readonly bytes: string }> = { name: "IMAGEDATA" };

/** Bytes. */
export const largestKept = 256 * 1024;
