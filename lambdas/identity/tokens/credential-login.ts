import type { Instant } from "../../core/instant.ts";
import type { Records } from "../../ports/records.ts";
import { domainIn, type UserReference } from "../authentication/authenticate.ts";
import { matches } from "../authentication/passwords.ts";
import type { Directory } from "../model/directory.ts";
import { callerOn, isOpen, isWelcome, rolesOn } from "../model/effective-roles.ts";
import type { Caller, User } from "../model/identity.ts";
import {
  type ApplicationCredential,
  applicationCredentialsIn,
} from "../repositories/application-credentials.ts";
import { directoryIn } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { refused } from "./issue.ts";

type Asked = { readonly secret: string } & (
  | { readonly id: string }
  | { readonly name: string; readonly user: UserReference }
);

/** Whom an application credential lets in, and until when if it runs out. (GetItem, Query) */
export async function callerWith(
  asked: Asked,
  records: Records,
  now: Instant,
): Promise<{ caller: Caller; expires: Instant | null }> {
  const directory = await directoryIn(records);
  const found = await findCredential(asked, records, directory);
  const right = await matches(asked.secret, found?.secret);
  if (!right || !found || (found.expires !== null && found.expires <= now)) throw refused();
  const user = await usersIn(records).withId(found.user);
  if (!user || !isWelcome(user, directory)) throw refused();
  return { caller: callerBy(found, user, directory), expires: found.expires };
}

async function findCredential(asked: Asked, records: Records, directory: Directory) {
  const credentials = applicationCredentialsIn(records);
  if ("id" in asked) return credentials.withId(asked.id);
  const { user } = asked;
  if ("id" in user) return credentials.named(user.id, asked.name);
  const domain = domainIn(directory, user.domain);
  const owner = domain ? await usersIn(records).named(domain.id, user.name) : null;
  return owner && credentials.named(owner.id, asked.name);
}

/** With those of the credential's roles that its user still has on the project. */
export function callerBy(
  { id, project, roles, unrestricted }: ApplicationCredential,
  user: User,
  directory: Directory,
): Caller {
  const target = { kind: "project", id: project } as const;
  const held = isOpen(target, directory)
    ? rolesOn(user, target, directory).filter((role) => roles.includes(role.id))
    : [];
  if (held.length === 0) throw refused();
  return { ...callerOn(user, target, held, directory), credential: { id, unrestricted } };
}
