import type { Instant } from "../../core/instant.ts";
import type { Records, Shelf } from "../../ports/records.ts";
import type { Collection } from "../../ports/seeded-collection.ts";

interface Claim {
  /** Of what has the name. */
  readonly id: string;
  readonly at: Instant;
}

interface Owner {
  readonly id: string;
  readonly name: string;
}

/**
 * How long, in milliseconds, a name belongs to whoever claimed it though nothing has it: who claims
 * one makes its owner next, and no function runs for longer than ten seconds.
 */
const grace = 60_000;

/**
 * A collection whose records have names that are unique in their place. Each name is claimed with a
 * conditional write before its owner is made, so that of two who want it one gets it. A claim whose
 * owner never came to be, or has gone, can be had after a minute.
 */
export function namesOf<R extends Owner>(
  records: Records,
  collection: Collection<R>,
  placeOf: (record: R) => string,
) {
  const shelfOf = (place: string): Shelf<Claim> => ({ name: `NAMES#${place}` });

  async function claim({ place, name, id }: Name, now: Instant): Promise<boolean> {
    const mine = { id, at: now };
    if (await records.add(shelfOf(place), name, mine)) return true;
    const theirs = await records.get(shelfOf(place), name);
    if (!theirs) return records.add(shelfOf(place), name, mine);
    if (theirs.id === id) return true;
    if (now - theirs.at < grace) return false;
    const owner = await collection.withId(theirs.id);
    if (owner?.name === name) return false;
    const after = await records.change(shelfOf(place), name, (was) =>
      was.id === theirs.id && was.at === theirs.at ? mine : was,
    );
    return after?.id === id;
  }

  /** Freshens the claim first: then nobody takes it over before it goes. */
  async function release({ place, name, id }: Name, now: Instant): Promise<void> {
    const last = await records.change(shelfOf(place), name, (was) =>
      was.id === id ? { id, at: now } : was,
    );
    if (last?.id === id) await records.remove(shelfOf(place), name);
  }

  const nameOf = (record: R): Name => ({
    place: placeOf(record),
    name: record.name,
    id: record.id,
  });

  return {
    ...collection,

    /** (GetItem) */
    async named(place: string, name: string): Promise<R | null> {
      const claimed = name === "" ? null : await records.get(shelfOf(place), name);
      const owner = claimed && (await collection.withId(claimed.id));
      return owner && owner.name === name && placeOf(owner) === place ? owner : null;
    },

    /** False where the name is taken. (GetItem, PutItem) */
    async add(record: R, now: Instant): Promise<boolean> {
      return (await claim(nameOf(record), now)) && collection.add(record);
    },

    /** null where there is none, "taken" where its new name is. (GetItem, PutItem, DeleteItem) */
    async change(id: string, to: (was: R) => R, now: Instant): Promise<R | null | "taken"> {
      const before = await collection.withId(id);
      if (!before) return null;
      const wanted = to(before);
      if (wanted.name !== before.name && !(await claim(nameOf(wanted), now))) return "taken";
      let last = before;
      const changed = await collection.change(id, (was) => {
        last = was;
        return to(was);
      });
      if (changed && last.name !== changed.name) await release(nameOf(last), now);
      return changed;
    },

    /** What was there. (GetItem, PutItem, DeleteItem) */
    async remove(id: string, now: Instant): Promise<R | null> {
      const gone = await collection.remove(id);
      if (gone) await release(nameOf(gone), now);
      return gone;
    },
  };
}

interface Name {
  readonly place: string;
  readonly name: string;
  /** Of whom it is to be, or was. */
  readonly id: string;
}
