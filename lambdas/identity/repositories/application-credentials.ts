import type { Instant } from "../../core/instant.ts";
import type { Collection, Records } from "../../ports/records.ts";

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
  const byId: Collection<ApplicationCredential> = { name: "APPLICATION_CREDENTIALS" };
  const byName = (user: string): Collection<ApplicationCredential> => ({
    name: `APPLICATION_CREDENTIALS#${user}`,
  });

  return {
    /** (GetItem) */
    findById: (id: string) => records.get(byId, id),

    /** (GetItem) */
    findByName: (user: string, name: string) => records.get(byName(user), name),

    /** (Query) */
    listByUser: (user: string) => records.all(byName(user)),

    /** False where the user has one of that name. (PutItem) */
    async add(credential: ApplicationCredential): Promise<boolean> {
      const isFree = await records.add(byName(credential.user), credential.name, credential);
      if (isFree) await records.put(byId, credential.id, credential);
      return isFree;
    },

    /** (DeleteItem) */
    async remove({ id, user, name }: ApplicationCredential): Promise<void> {
      await records.remove(byId, id);
      await records.remove(byName(user), name);
    },
  };
}
