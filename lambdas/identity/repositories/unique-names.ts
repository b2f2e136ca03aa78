import type { Instant } from "../../core/instant.ts";
import type { Collection, Records } from "../../ports/records.ts";
import type { SeededCollection } from "../../ports/seeded-collection.ts";

interface NameClaim {
  /** The holder of the name. */
  readonly id: string;
  readonly at: Instant;
}

interface NamedRecord {
  readonly id: string;
  readonly name: string;
}

/** The claimant writes its record within 10 s, the longest run of a function. */
const claimGraceMs = 60_000;

/**
 * A conditional write claims each name before the record is written, so that one of two concurrent
 * requests wins.
 */
export function withUniqueNames<R extends NamedRecord>(
  records: Records,
  collection: SeededCollection<R>,
  scopeOf: (record: R) => string,
) {
  const claimsIn = (scope: string): Collection<NameClaim> => ({ name: `NAMES#${scope}` });

  async function claim({ scope, name, id }: ScopedName, now: Instant): Promise<boolean> {
    const ownClaim = { id, at: now };
    if (await records.add(claimsIn(scope), name, ownClaim)) return true;
    const otherClaim = await records.get(claimsIn(scope), name);
    if (!otherClaim) return records.add(claimsIn(scope), name, ownClaim);
    if (otherClaim.id === id) return true;
    if (now - otherClaim.at < claimGraceMs) return false;
    const holder = await collection.findById(otherClaim.id);
    if (holder?.name === name) return false;
    const after = await records.change(claimsIn(scope), name, (was) =>
      was.id === otherClaim.id && was.at === otherClaim.at ? ownClaim : was,
    );
    return after?.id === id;
  }

  /** Renews the claim first, so that no other request takes it over before the delete. */
  async function release({ scope, name, id }: ScopedName, now: Instant): Promise<void> {
    const last = await records.change(claimsIn(scope), name, (was) =>
      was.id === id ? { id, at: now } : was,
    );
    if (last?.id === id) await records.remove(claimsIn(scope), name);
  }

  const scopedNameOf = (record: R): ScopedName => ({
    scope: scopeOf(record),
    name: record.name,
    id: record.id,
  });

  return {
    ...collection,

    /** @calls GetItem */
    async findByName(scope: string, name: string): Promise<R | null> {
      const nameClaim = name === "" ? null : await records.get(claimsIn(scope), name);
      const holder = nameClaim && (await collection.findById(nameClaim.id));
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
      const removed = await collection.remove(id);
      if (removed) await release(scopedNameOf(removed), now);
      return removed;
    },
  };
}

interface ScopedName {
  readonly scope: string;
  readonly name: string;
  /** Id of the present or former holder. */
  readonly id: string;
}
