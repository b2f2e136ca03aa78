import type { Collection, Records } from "../../ports/records.ts";
import { type SeededCollection, seededCollection } from "../../ports/seeded-collection.ts";
import { type Image, seedImages } from "../model/image.ts";

export const imagesIn = (records: Records): SeededCollection<Image> =>
  seededCollection(records, "IMAGES", seedImages);

/** Base64 of small images: a DynamoDB item has at most 400 KB. */
export const imageData: Collection<{ readonly bytes: string }> = { name: "IMAGEDATA" };

/** Bytes. */
export const maxStoredBytes = 256 * 1024;
