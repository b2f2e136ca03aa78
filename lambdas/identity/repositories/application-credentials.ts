import type { Instant } from "../../core/instant.ts";
import type { Records, Shelf } from "../../ports/records.ts";

/** What a program logs in with in a user's stead; it never changes. */
export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly user: string;
  readonly project: string;
  /** The ids of the roles it was given; it has those of them that its user still has. */
  readonly roles: readonly string[];
  /** A hash as `http/passwords.ts` writes it. */
  readonly secret: string;
  readonly expires: Instant | null;
  /** Whether those who have it may make and remove others. */
  readonly unrestricted: boolean;
}

/**
 * Each is kept twice, for it never changes: by its id, which is enough to log in with, and by its
 * name among its user's, which makes the name unique.
 */
export function applicationCredentialsIn(records: Records) {
  const byId: Shelf<ApplicationCredential> = { name: "APPLICATION_CREDENTIALS" };
  const byName = (user: string): Shelf<ApplicationCredential> => ({
    name: `APPLICATION_CREDENTIALS#${user}`,
  });

  return {
    /** (GetItem) */
    withId: (id: string) => records.get(byId, id),

    /** (GetItem) */
    named: (user: string, name: string) => records.get(byName(user), name),

    /** (Query) */
    of: (user: string) => records.all(byName(user)),

    /** False where the user has one of that name. (PutItem) */
    async add(one: ApplicationCredential): Promise<boolean> {
      const free = await records.add(byName(one.user), one.name, one);
      if (free) await records.put(byId, one.id, one);
      return free;
    },

    /** (DeleteItem) */
    async remove({ id, user, name }: ApplicationCredential): Promise<void> {
      await records.remove(byId, id);
      await records.remove(byName(user), name);
    },
  };
}
