import { Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import type { Table } from "../../database/table.ts";
import type { Fragment } from "../../database/update.ts";
import type { ServerMetadata } from "../../ports/backend.ts";
import type { SideChange } from "../model/action-verbs.ts";
import { defaultQuotaValues } from "../model/quota-names.ts";
import type { Metadata } from "../model/server.ts";
import {
  decodeMetadata,
  decodeServer,
  encodeMetadata,
  metadataAttribute,
  metadataKey,
} from "./server-item.ts";
import { type UpdateAttributesOptions, updateAttributes } from "./update-attributes.ts";

const maxMetadataItems = defaultQuotaValues.metadata_items;

const metadataNames = { "#meta": metadataAttribute };

/** Reads first where the quota may be exceeded or an older item has no map. */
export function serverMetadataIn(table: Table): ServerMetadata {
  const options = (
    project: string,
    id: string,
    now: Instant,
    canOverrideLock: boolean,
    sideChange: SideChange,
  ): UpdateAttributesOptions => ({
    table,
    project,
    id,
    now,
    canOverrideLock,
    sideChange,
    returnValues: "ALL_NEW",
  });

  return {
    async merge(project, id, items, now, canOverrideLock) {
      const count = Object.keys(items).length;
      const updateOptions = options(project, id, now, canOverrideLock, "updateMetadata");
      return serverMetadata(
        await updateAttributes(updateOptions, (seen) => {
          if (!seen)
            return count > maxMetadataItems
              ? null
              : mergeChange(items, `size(#meta) <= :bound`, maxMetadataItems - count);
          const stored = decodeMetadata(seen);
          const all = { ...serverMetadata(seen), ...items };
          assertMetadataQuota(all);
          const storedCount = stored && Object.keys(stored).length;
          return storedCount === null
            ? migrateLegacyChange(all)
            : mergeChange(items, "size(#meta) = :bound", storedCount);
        }),
      );
    },

    async replace(project, id, items, now, canOverrideLock) {
      const updateOptions = options(project, id, now, canOverrideLock, "updateMetadata");
      return serverMetadata(
        await updateAttributes(updateOptions, (seen) => {
          if (seen) assertMetadataQuota(items);
          else if (Object.keys(items).length > maxMetadataItems) return null;
          return replaceChange(items);
        }),
      );
    },

    async remove(project, id, key, now, canOverrideLock) {
      const updateOptions = options(project, id, now, canOverrideLock, "deleteMetadata");
      return serverMetadata(
        await updateAttributes(updateOptions, (seen) => {
          if (seen) {
            const stored = serverMetadata(seen);
            if (!Object.hasOwn(stored, key)) throw notFound("metadata-item", key);
            const { [key]: _, ...others } = stored;
            if (!decodeMetadata(seen)) return migrateLegacyChange(others);
          }
          return {
            remove: ["#meta.#key"],
            when: ["attribute_exists(#meta.#key)"],
            names: { ...metadataNames, "#key": metadataKey(key) },
          };
        }),
      );
    },
  };
}

const serverMetadata = (item: Item): Metadata => decodeServer(item).metadata;

/** Short placeholders: an expression has at most 4 KB. */
function mergeChange(items: Metadata, condition: string, bound: number): Fragment {
  const entries = Object.entries(items);
  return {
    set: entries.map((_, i) => `#meta.#k${i} = :v${i}`),
    when: [condition],
    names: {
      ...metadataNames,
      ...Object.fromEntries(entries.map(([key], i) => [`#k${i}`, metadataKey(key)])),
    },
    values: {
      ":bound": { N: String(bound) },
      ...Object.fromEntries(entries.map(([, value], i) => [`:v${i}`, { S: value }])),
    },
  };
}

const replaceChange = (items: Metadata): Fragment => ({
  set: ["#meta = :all"],
  names: metadataNames,
  values: { ":all": encodeMetadata(items) },
});

/** For older items. */
const migrateLegacyChange = (items: Metadata): Fragment => ({
  ...replaceChange(items),
  when: ["attribute_not_exists(#meta)"],
});

/** nova/compute/api.py:527 _check_metadata_properties_quota. */
function assertMetadataQuota(items: Metadata): void {
  if (Object.keys(items).length > maxMetadataItems)
    throw new Fault({
      kind: "denied",
      reason: `Maximum number of metadata items exceeds ${maxMetadataItems}`,
    });
}
