import { badRequest, notFound } from "../core/fault.ts";
import { metadataField, singleMember } from "./schema-fields.ts";

export type Metadata = Readonly<Record<string, string>>;

/** cinder/api/schemas/volume_metadata.py. */
export const metadataSchema = singleMember("metadata", metadataField);
export const metadataItemSchema = singleMember("meta", metadataField);

/** The body's one item; throws `malformed` unless its key is the path's. */
export function parseMetadataItem({ meta }: { readonly meta: object }, key: string): Metadata {
  const names = Object.keys(meta);
  if (!names.includes(key)) throw badRequest("Request body and URI mismatch");
  if (names.length > 1) throw badRequest("Request body contains too many items");
  return meta as Metadata;
}

/** cinder/exception.py:348, 361. */
const metadataItemNotFound = (what: "Volume" | "Snapshot", id: string, key: string) =>
  notFound("volume-part", `${what} ${id} has no metadata with key ${key}.`);

export function getMetadataValue(
  items: Metadata,
  key: string,
  of: { readonly what: "Volume" | "Snapshot"; readonly id: string },
): string {
  const value = Object.hasOwn(items, key) ? items[key] : undefined;
  if (value === undefined) throw metadataItemNotFound(of.what, of.id, key);
  return value;
}

export function removeMetadataItem(
  items: Metadata,
  key: string,
  of: { readonly what: "Volume" | "Snapshot"; readonly id: string },
): Metadata {
  getMetadataValue(items, key, of);
  return Object.fromEntries(Object.entries(items).filter(([name]) => name !== key));
}
