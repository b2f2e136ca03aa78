import type { Records } from "../../ports/records.ts";
import { seededCollection } from "../../ports/seeded-collection.ts";
import { defaultDomain, type User } from "../model/identity.ts";
import { withUniqueNames } from "./unique-names.ts";

/** Users hold their own assignments (docs/decisions/0010). */
export function usersIn(records: Records) {
  const users = withUniqueNames<User>(
    records,
    seededCollection<User>(records, "USERS"),
    userNameScope,
  );
  return {
    ...users,
    /** @calls GetItem */
    findByName: (domainId: string, name: string) =>
      users.findByName(userNameScope({ domain: domainId }), name),
  };
}

const userNameScope = ({ domain: of }: Pick<User, "domain">): string => `user#${of}`;

export const newUser = (attributes: Pick<User, "id" | "name"> & Partial<User>): User => ({
  domain: defaultDomain.id,
  enabled: true,
  password: null,
  apiKey: null,
  defaultProject: null,
  extra: {},
  assignments: [],
  ...attributes,
});
