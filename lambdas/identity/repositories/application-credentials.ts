import type { Instant } from "../../core/instant.ts";
import type { Collection, Records } from "../../ports/records.ts";

/** Immutable. */
export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly user: string;
  readonly project: string;
  /** Ids; only roles that the user still has are effective. */
  readonly roles: readonly string[];
  /** A hash. */
  readonly secret: string;
  readonly expires: Instant | null;
  /** Its holder may manage application credentials. */
  readonly unrestricted: boolean;
}

/** By id for logins, and by name per user, which makes the name unique. */
export function applicationCredentialsIn(records: Records) {
  const byId: Collection<ApplicationCredential> = { name: "APPLICATION_CREDENTIALS" };
  const byName = (user: string): Collection<ApplicationCredential> => ({
    name: `APPLICATION_CREDENTIALS#${user}`,
  });

  return {
    /** @calls GetItem */
    findById: (id: string) => records.get(byId, id),

    /** @calls GetItem */
    findByName: (user: string, name: string) => records.get(byName(user), name),

    /** @calls Query */
    listByUser: (user: string) => records.all(byName(user)),

    /**
     * Returns false where the user has the name.
     * @calls PutItem
     */
    async add(credential: ApplicationCredential): Promise<boolean> {
      const isFree = await records.add(byName(credential.user), credential.name, credential);
      if (isFree) await records.put(byId, credential.id, credential);
      return isFree;
    },

    /** @calls DeleteItem */
    async remove({ id, user, name }: ApplicationCredential): Promise<void> {
      await records.remove(byId, id);
      await records.remove(byName(user), name);
    },
  };
}
