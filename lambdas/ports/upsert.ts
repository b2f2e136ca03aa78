import { lost, optimistic } from "./optimistic.ts";
import type { Collection, Records } from "./records.ts";

/**
 * Creates or changes a record. Throws `raced` after ten lost attempts.
 * @calls GetItem, PutItem
 */
export const upsert = <R>(
  records: Records,
  collection: Collection<R>,
  id: string,
  update: (was: R | null) => R,
): Promise<R> =>
  optimistic<R>(async () => {
    const changed = await records.change(collection, id, update);
    if (changed !== null) return changed;
    const initial = update(null);
    return (await records.add(collection, id, initial)) ? initial : lost;
  });
