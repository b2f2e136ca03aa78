import type { Records, Shelf } from "./records.ts";

/** What of a collection's beginnings has been removed leaves this, so that it does not come back. */
interface Gone {
  readonly id: string;
  readonly gone: true;
}

export type Collection<R> = ReturnType<typeof collectionOf<R & { readonly id: string }>>;

/**
 * The records of a shelf together with those that every installation begins with, which are in the
 * table only once somebody has changed or removed them. In brackets what is asked of DynamoDB.
 */
export function collectionOf<R extends { readonly id: string }>(
  records: Records,
  name: string,
  beginnings: readonly R[] = [],
) {
  const shelf: Shelf<R | Gone> = { name };
  const isThere = (record: R | Gone): record is R => !("gone" in record);
  const original = (id: string): R | null => beginnings.find((one) => one.id === id) ?? null;

  return {
    /** (GetItem) */
    async withId(id: string): Promise<R | null> {
      const kept = await records.get(shelf, id);
      if (!kept) return original(id);
      return isThere(kept) ? kept : null;
    },

    /** In the order of their ids. (Query) */
    async all(): Promise<R[]> {
      const kept = await records.all(shelf);
      const ids = new Set(kept.map(({ id }) => id));
      return [...beginnings.filter(({ id }) => !ids.has(id)), ...kept.filter(isThere)].sort(
        (one, other) => (one.id < other.id ? -1 : 1),
      );
    },

    /** False where one of that id is there already. (PutItem) */
    async add(record: R): Promise<boolean> {
      return original(record.id) ? false : records.add(shelf, record.id, record);
    },

    /** Likewise, but takes the place of what has been removed. (PutItem, GetItem) */
    async addAnew(record: R): Promise<boolean> {
      if (!original(record.id) && (await records.add(shelf, record.id, record))) return true;
      let taken = true;
      const put = await records.change(shelf, record.id, (was) => {
        taken = isThere(was);
        return taken ? was : record;
      });
      return put !== null && !taken;
    },

    /** null where there is none; what `to` throws is thrown. (GetItem, PutItem) */
    async change(id: string, to: (was: R) => R): Promise<R | null> {
      const there = original(id);
      if (there) await records.add(shelf, id, there);
      const changed = await records.change(shelf, id, (was) => (isThere(was) ? to(was) : was));
      return changed && isThere(changed) ? changed : null;
    },

    /** What was there. (PutItem, DeleteItem) */
    async remove(id: string): Promise<R | null> {
      const there = original(id);
      if (!there) {
        const was = await records.remove(shelf, id);
        return was && isThere(was) ? was : null;
      }
      await records.put(shelf, id, { id, gone: true });
      return there;
    },
  };
}
