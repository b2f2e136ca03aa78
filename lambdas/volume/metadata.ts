import { badRequest, notFound } from "../core/fault.ts";
import { metadata, only } from "./schema-fields.ts";

export type Metadata = Readonly<Record<string, string>>;

/** cinder/api/schemas/volume_metadata.py. */
export const metadataSchema = only("metadata", metadata);
export const itemSchema = only("meta", metadata);

/** The item of a body for one, which is to be the one of the address. */
export function itemOf({ meta }: { readonly meta: object }, key: string): Metadata {
  const names = Object.keys(meta);
  if (!names.includes(key)) throw badRequest("Request body and URI mismatch");
  if (names.length > 1) throw badRequest("Request body contains too many items");
  return meta as Metadata;
}

/** cinder/exception.py:348, 361. */
const noItem = (what: "Volume" | "Snapshot", id: string, key: string) =>
  notFound("volume-part", `${what} ${id} has no metadata with key ${key}.`);

export function valueIn(
  items: Metadata,
  key: string,
  of: { readonly what: "Volume" | "Snapshot"; readonly id: string },
): string {
  const value = Object.hasOwn(items, key) ? items[key] : undefined;
  if (value === undefined) throw noItem(of.what, of.id, key);
  return value;
}

export function without(
  items: Metadata,
  key: string,
  of: { readonly what: "Volume" | "Snapshot"; readonly id: string },
): Metadata {
  valueIn(items, key, of);
  return Object.fromEntries(Object.entries(items).filter(([name]) => name !== key));
}
