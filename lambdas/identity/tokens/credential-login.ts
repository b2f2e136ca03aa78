import type { Instant } from "../../core/instant.ts";
import type { Records } from "../../ports/records.ts";
import { findDomain, type UserReference } from "../authentication/authenticate.ts";
import { verifyPassword } from "../authentication/passwords.ts";
import type { Directory } from "../model/directory.ts";
import {
  effectiveRoles,
  isTargetEnabled,
  mayAuthenticate,
  toCaller,
} from "../model/effective-roles.ts";
import type { Caller, User } from "../model/identity.ts";
import {
  type ApplicationCredential,
  applicationCredentialsIn,
} from "../repositories/application-credentials.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { loginRefused } from "./issue.ts";

type CredentialLogin = { readonly secret: string } & (
  | { readonly id: string }
  | { readonly name: string; readonly user: UserReference }
);

/**
 * With the credential's expiry, if any.
 * @calls GetItem, Query
 */
export async function loginWithCredential(
  login: CredentialLogin,
  records: Records,
  now: Instant,
): Promise<{ caller: Caller; expires: Instant | null }> {
  const directory = await readDirectory(records);
  const found = await findCredential(login, records, directory);
  const right = await verifyPassword(login.secret, found?.secret);
  if (!right || !found || (found.expires !== null && found.expires <= now)) throw loginRefused();
  const user = await usersIn(records).findById(found.user);
  if (!user || !mayAuthenticate(user, directory)) throw loginRefused();
  return { caller: toCredentialCaller(found, user, directory), expires: found.expires };
}

async function findCredential(login: CredentialLogin, records: Records, directory: Directory) {
  const credentials = applicationCredentialsIn(records);
  if ("id" in login) return credentials.findById(login.id);
  const { user } = login;
  if ("id" in user) return credentials.findByName(user.id, login.name);
  const domain = findDomain(directory, user.domain);
  const owner = domain ? await usersIn(records).findByName(domain.id, user.name) : null;
  return owner && credentials.findByName(owner.id, login.name);
}

/** Drops roles that the user no longer has on the project. */
export function toCredentialCaller(
  { id, project, roles, unrestricted }: ApplicationCredential,
  user: User,
  directory: Directory,
): Caller {
  const target = { kind: "project", id: project } as const;
  const held = isTargetEnabled(target, directory)
    ? effectiveRoles(user, target, directory).filter((role) => roles.includes(role.id))
    : [];
  if (held.length === 0) throw loginRefused();
  return { ...toCaller(user, target, held, directory), credential: { id, unrestricted } };
}
