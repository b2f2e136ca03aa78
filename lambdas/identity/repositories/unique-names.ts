import type { Instant } from "../../core/instant.ts";
import { nameClaims, type ScopedName } from "../../ports/name-claims.ts";
import type { Records } from "../../ports/records.ts";
import type { SeededCollection } from "../../ports/seeded-collection.ts";

interface NamedRecord {
  readonly id: string;
  readonly name: string;
}

/**
 * A conditional write claims each name before the record is written, so that one of two concurrent
 * requests wins.
 */
export function withUniqueNames<R extends NamedRecord>(
  records: Records,
  collection: SeededCollection<R>,
  scopeOf: (record: R) => string,
) {
  const { claim, release, findClaimant } = nameClaims(
    records,
    async ({ name, id }) => (await collection.findById(id))?.name === name,
  );

  const scopedNameOf = (record: R): ScopedName => ({
    scope: scopeOf(record),
    name: record.name,
    id: record.id,
  });

  return {
    ...collection,

    /** @calls GetItem */
    async findByName(scope: string, name: string): Promise<R | null> {
      const claimant = name === "" ? null : await findClaimant(scope, name);
      const holder = claimant === null ? null : await collection.findById(claimant);
      return holder && holder.name === name && scopeOf(holder) === scope ? holder : null;
    },

    /**
     * Returns false where the name is taken.
     * @calls GetItem, PutItem
     */
    async add(record: R, now: Instant): Promise<boolean> {
      return (await claim(scopedNameOf(record), now)) && collection.add(record);
    },

    /**
     * Returns null without a record.
     * @calls GetItem, PutItem, DeleteItem
     */
    async change(id: string, update: (was: R) => R, now: Instant): Promise<R | null | "taken"> {
      const before = await collection.findById(id);
      if (!before) return null;
      const updated = update(before);
      if (updated.name !== before.name && !(await claim(scopedNameOf(updated), now)))
        return "taken";
      let last = before;
      const changed = await collection.change(id, (was) => {
        last = was;
        return update(was);
      });
      if (changed && last.name !== changed.name) await release(scopedNameOf(last), now);
      return changed;
    },

    /** @calls GetItem, PutItem, DeleteItem */
    async remove(id: string, now: Instant): Promise<R | null> {
      const before = await collection.findById(id);
      const removed = before && (await collection.remove(id, before));
      if (removed) await release(scopedNameOf(removed), now);
      return removed;
    },
  };
}
