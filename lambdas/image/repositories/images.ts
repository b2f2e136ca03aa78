import type { Collection, Records } from "../../ports/records.ts";
import { type SeededCollection, seededCollection } from "../../ports/seeded-collection.ts";
import { type Image, seedImages } from "../model/image.ts";

/** The images there are now. */
export const imagesIn = (records: Records): SeededCollection<Image> =>
  seededCollection(records, "IMAGES", seedImages);

/** The bytes of images, in Base64, as far as they fit in an item of DynamoDB's 400 KB. */
export const imageData: Collection<{ readonly bytes: string }> = { name: "IMAGEDATA" };

/** Bytes. */
export const maxStoredBytes = 256 * 1024;
