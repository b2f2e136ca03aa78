import { createHash } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Credentials } from "../../http/dialect.ts";
import type { Environment } from "../../http/environment.ts";
import type { Records } from "../../ports/records.ts";
import type { Directory, DomainEntry } from "../model/directory.ts";
import {
  effectiveRoles,
  isTargetEnabled,
  mayAuthenticate,
  toCaller,
} from "../model/effective-roles.ts";
import {
  type Caller,
  type Claims,
  defaultDomain as home,
  type Target,
  type User,
} from "../model/identity.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { verifyPassword } from "./passwords.ts";

/** Throws `unauthenticated`. */
export async function authenticate(
  credentials: Credentials | null,
  environment: Environment,
  now: Instant,
): Promise<Caller> {
  if (!credentials) throw new Fault({ kind: "unauthenticated" });
  if (credentials.kind === "password") return authenticateByPassword(credentials, environment, now);
  const claims = await verifyToken(credentials.token, environment, now);
  if (!claims) throw new Fault({ kind: "unauthenticated" });
  return claims;
}

/** Returns null for a forged, expired or revoked token. */
export async function verifyToken(
  token: string,
  environment: Environment,
  now: Instant,
): Promise<Claims | null> {
  const claims = environment.tokens.verify(token, now);
  if (!claims) return null;
  return (await environment.backend().revocations.isRevoked(claims, now)) ? null : claims;
}

export type UserReference =
  | { readonly id: string }
  | { readonly name: string; readonly domain?: DomainReference };

export type DomainReference = { readonly id: string } | { readonly name: string };

/**
 * Throws `unauthenticated`.
 * @calls GetItem
 */
export async function authenticateUser(
  reference: UserReference,
  secret: string,
  { records, directory }: { readonly records: Records; readonly directory: Directory },
  kind: "password" | "apiKey" = "password",
): Promise<User> {
  const users = usersIn(records);
  const domain = "id" in reference ? null : findDomain(directory, reference.domain);
  const user = await ("id" in reference
    ? users.findById(reference.id)
    : users.findByName(domain?.id ?? "", reference.name));
  const isSecretRight = await verifyPassword(secret, user?.[kind] ?? undefined);
  if (!isSecretRight || !user || !mayAuthenticate(user, directory))
    throw new Fault({ kind: "unauthenticated" });
  return user;
}

/** pkgcloud names no domain: the default one applies. */
export const findDomain = (
  directory: Directory,
  reference: DomainReference = home,
): DomainEntry | undefined =>
  "id" in reference ? directory.domain(reference.id) : directory.findDomainByName(reference.name);

export function findCaller(user: User, target: Target, directory: Directory): Caller | null {
  const roles = isTargetEnabled(target, directory) ? effectiveRoles(user, target, directory) : [];
  return roles.length > 0 ? toCaller(user, target, roles, directory) : null;
}

/** On the default project, if any. */
export function defaultScopeCaller(user: User, directory: Directory): Caller {
  const { defaultProject } = user;
  const own =
    defaultProject && findCaller(user, { kind: "project", id: defaultProject }, directory);
  return own || toCaller(user, null, [], directory);
}

/** A correct password is not derived again for this long. */
const passwordCacheMs = 60_000;

const passwordCache = new WeakMap<Records, Map<string, Claims>>();

/** HTTP Basic sends the password with every request; checking one takes 50 ms. */
async function authenticateByPassword(
  { user: name, password }: Extract<Credentials, { kind: "password" }>,
  environment: Environment,
  now: Instant,
): Promise<Caller> {
  const key = createHash("sha256").update(`${name}\0${password}`).digest("base64");
  const { records, revocations } = environment.backend();
  const cache = passwordCache.get(records) ?? new Map<string, Claims>();
  passwordCache.set(records, cache);
  const known = cache.get(key);
  if (known && now < known.expires && !(await revocations.isRevoked(known, now))) return known;

  const directory = await readDirectory(records);
  const user = await authenticateUser({ name }, password, { records, directory });
  const caller = defaultScopeCaller(user, directory);
  if (cache.size >= 1_000) cache.clear();
  const tokenFields = {
    id: "",
    methods: ["password"],
    issued: now,
    expires: now + passwordCacheMs,
  };
  cache.set(key, { ...caller, ...tokenFields });
  return caller;
}
