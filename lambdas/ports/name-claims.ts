import type { Instant } from "../core/instant.ts";
import type { Collection, Records } from "./records.ts";

interface NameClaim {
  /** The holder of the name. */
  readonly id: string;
  readonly at: Instant;
}

/** The claimant writes its record within 10 s, the longest run of a function. */
const claimGraceMs = 60_000;

export interface ScopedName {
  readonly scope: string;
  readonly name: string;
  /** Id of the present or former holder. */
  readonly id: string;
}

/**
 * Claims of names by conditional writes before their records are written, so that one of two
 * concurrent requests wins. `isHeld` looks up whether a record has the name; a claim without one is
 * taken over after a minute.
 */
export function nameClaims(records: Records, isHeld: (claimed: ScopedName) => Promise<boolean>) {
  const claimsIn = (scope: string): Collection<NameClaim> => ({ name: `NAMES#${scope}` });

  return {
    /**
     * The id that claimed a name; null for an unclaimed one.
     * @calls GetItem
     */
    async findClaimant(scope: string, name: string): Promise<string | null> {
      return (await records.get(claimsIn(scope), name))?.id ?? null;
    },

    /**
     * Returns false where another id has the name.
     * @calls PutItem, GetItem
     */
    async claim({ scope, name, id }: ScopedName, now: Instant): Promise<boolean> {
      const ownClaim = { id, at: now };
      if (await records.add(claimsIn(scope), name, ownClaim)) return true;
      const otherClaim = await records.get(claimsIn(scope), name);
      if (!otherClaim) return records.add(claimsIn(scope), name, ownClaim);
      if (otherClaim.id === id) return true;
      if (now - otherClaim.at < claimGraceMs) return false;
      if (await isHeld({ scope, name, id: otherClaim.id })) return false;
      const after = await records.change(claimsIn(scope), name, (was) =>
        was.id === otherClaim.id && was.at === otherClaim.at ? ownClaim : was,
      );
      return after?.id === id;
    },

    /**
     * Renews the claim first, so that no other request takes it over before the delete.
     * @calls GetItem, PutItem, DeleteItem
     */
    async release({ scope, name, id }: ScopedName, now: Instant): Promise<void> {
      const last = await records.change(claimsIn(scope), name, (was) =>
        was.id === id ? { id, at: now } : was,
      );
      if (last?.id === id) await records.remove(claimsIn(scope), name);
    },
  };
}
