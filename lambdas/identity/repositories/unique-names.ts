import type { Instant } from "../../core/instant.ts";
import type { Collection, Records } from "../../ports/records.ts";
import type { SeededCollection } from "../../ports/seeded-collection.ts";

interface NameClaim {
  /** Of what has the name. */
  readonly id: string;
  readonly at: Instant;
}

interface NamedRecord {
  readonly id: string;
  readonly name: string;
}

/**
 * How long, in milliseconds, a name belongs to whoever claimed it though nothing has it: who claims
 * one makes its owner next, and no function runs for longer than ten seconds.
 */
const claimGraceMs = 60_000;

/**
 * A collection whose records have names that are unique in their place. Each name is claimed with a
 * conditional write before its owner is made, so that of two who want it one gets it. A claim whose
 * owner never came to be, or has gone, can be had after a minute.
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

  /** Freshens the claim first: then nobody takes it over before it goes. */
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

    /** (GetItem) */
    async findByName(scope: string, name: string): Promise<R | null> {
      const nameClaim = name === "" ? null : await records.get(claimsIn(scope), name);
      const holder = nameClaim && (await collection.findById(nameClaim.id));
      return holder && holder.name === name && scopeOf(holder) === scope ? holder : null;
    },

    /** False where the name is taken. (GetItem, PutItem) */
    async add(record: R, now: Instant): Promise<boolean> {
      return (await claim(scopedNameOf(record), now)) && collection.add(record);
    },

    /** null where there is none, "taken" where its new name is. (GetItem, PutItem, DeleteItem) */
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

    /** What was there. (GetItem, PutItem, DeleteItem) */
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
  /** Of whom it is to be, or was. */
  readonly id: string;
}
