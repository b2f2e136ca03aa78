import type { Collection, Records } from "./records.ts";

/** Replaces a removed seed, so that it does not come back. */
interface Tombstone {
  readonly id: string;
  readonly gone: true;
}

export type SeededCollection<R> = ReturnType<typeof seededCollection<R & { readonly id: string }>>;

/**
 * A collection with the seeds of every installation. A seed has an item only after it was changed
 * or removed.
 */
export function seededCollection<R extends { readonly id: string }>(
  records: Records,
  name: string,
  seeds: readonly R[] = [],
) {
  const collection: Collection<R | Tombstone> = { name };
  const isPresent = (record: R | Tombstone): record is R => !("gone" in record);
  const findSeed = (id: string): R | null => seeds.find((one) => one.id === id) ?? null;

  const addTombstone = (id: string) => records.put(collection, id, { id, gone: true });

  return {
    /** @calls GetItem */
    async findById(id: string): Promise<R | null> {
      const stored = await records.get(collection, id);
      if (!stored) return findSeed(id);
      return isPresent(stored) ? stored : null;
    },

    /**
     * In the order of their ids.
     * @calls Query
     */
    async all(): Promise<R[]> {
      const stored = await records.all(collection);
      const ids = new Set(stored.map(({ id }) => id));
      return [...seeds.filter(({ id }) => !ids.has(id)), ...stored.filter(isPresent)].sort(
        (one, other) => (one.id < other.id ? -1 : 1),
      );
    },

    /**
     * Returns false for an id that exists.
     * @calls PutItem
     */
    async add(record: R): Promise<boolean> {
      return findSeed(record.id) ? false : records.add(collection, record.id, record);
    },

    /**
     * The same, but replaces a tombstone.
     * @calls PutItem, GetItem
     */
    async addOrRevive(record: R): Promise<boolean> {
      if (!findSeed(record.id) && (await records.add(collection, record.id, record))) return true;
      let isTaken = true;
      const written = await records.change(collection, record.id, (was) => {
        isTaken = isPresent(was);
        return isTaken ? was : record;
      });
      return written !== null && !isTaken;
    },

    /**
     * Returns null where there is none; rethrows what `to` throws.
     * @calls GetItem, PutItem
     */
    async change(id: string, update: (was: R) => R): Promise<R | null> {
      const seed = findSeed(id);
      if (seed) await records.add(collection, id, seed);
      const changed = await records.change(collection, id, (was) =>
        isPresent(was) ? update(was) : was,
      );
      return changed && isPresent(changed) ? changed : null;
    },

    /**
     * Returns the removed record.
     * @calls PutItem, DeleteItem
     */
    async remove(id: string, read?: R): Promise<R | null> {
      const seed = findSeed(id);
      if (!seed) {
        const was = await records.remove(collection, id, read);
        return was && isPresent(was) ? was : null;
      }
      await addTombstone(id);
      return seed;
    },

    /**
     * Removes the record if `isRemovable` holds for it at that moment; `read` is the record as the
     * caller read it. Returns the removed record.
     * @calls DeleteItem, GetItem, PutItem
     */
    async removeIf(read: R, isRemovable: (current: R) => boolean): Promise<R | null> {
      const { id } = read;
      if (!findSeed(id)) {
        const isStillRemovable = (was: R | Tombstone) => isPresent(was) && isRemovable(was);
        const was = await records.removeIf(collection, id, isStillRemovable, read);
        return was && isPresent(was) ? was : null;
      }
      if (!isRemovable(read)) return null;
      await addTombstone(id);
      return read;
    },
  };
}
