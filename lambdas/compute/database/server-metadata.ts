import { Fault, noSuch } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import type { Table } from "../../database/table.ts";
import type { ServerMetadata } from "../../ports/backend.ts";
import type { Meddling } from "../model/action-verbs.ts";
import { plainQuotas } from "../model/quota-names.ts";
import type { Metadata } from "../model/server.ts";
import {
  decode,
  metadataAttribute,
  metadataIn,
  metadataKey,
  metadataValue,
} from "./server-item.ts";
import { type Change, type Changing, changed } from "./update-attributes.ts";

const most = plainQuotas.metadata_items;

const names = { "#meta": metadataAttribute };

/**
 * A server's metadata, an update each. Where an item may be one too many, or a server is from before
 * its metadata was a map, what is there has to be seen first.
 */
export function serverMetadataIn(table: Table): ServerMetadata {
  const about = (
    project: string,
    id: string,
    now: Instant,
    overLock: boolean,
    meddling: Meddling,
  ): Changing => ({ table, project, id, now, overLock, meddling, returns: "ALL_NEW" });

  return {
    async merge(project, id, items, now, overLock) {
      const count = Object.keys(items).length;
      const changing = about(project, id, now, overLock, "updateMetadata");
      return metadataOf(
        await changed(changing, (seen) => {
          if (!seen)
            return count > most ? null : merging(items, `size(#meta) <= :bound`, most - count);
          const was = metadataIn(seen);
          const all = { ...metadataOf(seen), ...items };
          refuseExcess(all);
          const had = was && Object.keys(was).length;
          return had === null ? first(all) : merging(items, "size(#meta) = :bound", had);
        }),
      );
    },

    async replace(project, id, items, now, overLock) {
      const changing = about(project, id, now, overLock, "updateMetadata");
      return metadataOf(
        await changed(changing, (seen) => {
          if (seen) refuseExcess(items);
          else if (Object.keys(items).length > most) return null;
          return whole(items);
        }),
      );
    },

    async remove(project, id, key, now, overLock) {
      const changing = about(project, id, now, overLock, "deleteMetadata");
      return metadataOf(
        await changed(changing, (seen) => {
          if (seen) {
            const was = metadataOf(seen);
            if (!Object.hasOwn(was, key)) throw noSuch("metadata-item", key);
            const { [key]: _, ...others } = was;
            if (!metadataIn(seen)) return first(others);
          }
          return {
            update: "REMOVE #meta.#key",
            condition: "attribute_exists(#meta.#key)",
            names: { ...names, "#key": metadataKey(key) },
          };
        }),
      );
    },
  };
}

const metadataOf = (item: Item): Metadata => decode(item).metadata;

/** As many names as items, each as short as can be: an expression has at most 4 KB. */
function merging(items: Metadata, condition: string, bound: number): Change {
  const entries = Object.entries(items);
  return {
    ...(entries.length > 0 && {
      update: `SET ${entries.map((_, i) => `#meta.#k${i} = :v${i}`).join(", ")}`,
    }),
    condition,
    names: {
      ...names,
      ...Object.fromEntries(entries.map(([key], i) => [`#k${i}`, metadataKey(key)])),
    },
    values: {
      ":bound": { N: String(bound) },
      ...Object.fromEntries(entries.map(([, value], i) => [`:v${i}`, { S: value }])),
    },
  };
}

const whole = (items: Metadata): Change => ({
  update: "SET #meta = :all",
  names,
  values: { ":all": metadataValue(items) },
});

/** For a server that has its metadata where it used to be. */
const first = (items: Metadata): Change => ({
  ...whole(items),
  condition: "attribute_not_exists(#meta)",
});

/** nova/compute/api.py:527 _check_metadata_properties_quota. */
function refuseExcess(items: Metadata): void {
  if (Object.keys(items).length > most)
    throw new Fault({
      kind: "denied",
      reason: `Maximum number of metadata items exceeds ${most}`,
    });
}
