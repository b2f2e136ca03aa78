import type { Records } from "../../ports/records.ts";
import { collectionOf } from "../../ports/seeded-collection.ts";
import { domain, type User } from "../model/identity.ts";
import { namesOf } from "./unique-names.ts";

/** Users are unique by name in their domain; each holds its own assignments (docs/decisions/0010). */
export function usersIn(records: Records) {
  const users = namesOf<User>(records, collectionOf<User>(records, "USERS"), placeOf);
  return {
    ...users,
    /** (GetItem) */
    named: (of: string, name: string) => users.named(placeOf({ domain: of }), name),
  };
}

const placeOf = ({ domain: of }: Pick<User, "domain">): string => `user#${of}`;

export const newUser = (said: Pick<User, "id" | "name"> & Partial<User>): User => ({
  domain: domain.id,
  enabled: true,
  password: null,
  apiKey: null,
  defaultProject: null,
  extra: {},
  assignments: [],
  ...said,
});
