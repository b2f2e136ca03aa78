import type { Collection, Records } from "./records.ts";

/**
 * Changes a record, or adds the first one.
 * @calls GetItem, PutItem
 */
export async function upsert<R>(
  records: Records,
  collection: Collection<R>,
  id: string,
  update: (was: R | null) => R,
): Promise<R> {
  for (;;) {
    const changed = await records.change(collection, id, update);
    if (changed !== null) return changed;
    const initial = update(null);
    if (await records.add(collection, id, initial)) return initial;
  }
}
