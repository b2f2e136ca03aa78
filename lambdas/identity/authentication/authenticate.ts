import { createHash } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Credentials } from "../../http/dialect.ts";
import type { World } from "../../http/environment.ts";
import type { Records } from "../../ports/records.ts";
import type { Directory, KeptDomain } from "../model/directory.ts";
import { callerOn, isOpen, isWelcome, rolesOn } from "../model/effective-roles.ts";
import {
  type Caller,
  type Claims,
  domain as home,
  type Target,
  type User,
} from "../model/identity.ts";
import { directoryIn } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { matches } from "./passwords.ts";

/** Whom the credentials speak for, or the `unauthenticated` refusal. */
export async function authenticate(
  credentials: Credentials | null,
  world: World,
  now: Instant,
): Promise<Caller> {
  if (!credentials) throw new Fault({ kind: "unauthenticated" });
  if (credentials.kind === "password") return login(credentials, world, now);
  const claims = await claimsOf(credentials.token, world, now);
  if (!claims) throw new Fault({ kind: "unauthenticated" });
  return claims;
}

/** What a token says, or null where it is no good, has run out or was revoked. */
export async function claimsOf(token: string, world: World, now: Instant): Promise<Claims | null> {
  const claims = world.tokens.verify(token, now);
  if (!claims) return null;
  return (await world.backend().revocations.includes(claims, now)) ? null : claims;
}

/** A user by id, or by name and domain: that by its own name, or by its id. */
export type UserReference =
  | { readonly id: string }
  | { readonly name: string; readonly domain?: DomainReference };

export type DomainReference = { readonly id: string } | { readonly name: string };

/** The user whose password, or API key, this is, if they may log in. (GetItem) */
export async function userWith(
  reference: UserReference,
  secret: string,
  { records, directory }: { readonly records: Records; readonly directory: Directory },
  kind: "password" | "apiKey" = "password",
): Promise<User> {
  const users = usersIn(records);
  const domain = "id" in reference ? null : domainIn(directory, reference.domain);
  const user = await ("id" in reference
    ? users.withId(reference.id)
    : users.named(domain?.id ?? "", reference.name));
  const right = await matches(secret, user?.[kind] ?? undefined);
  if (!right || !user || !isWelcome(user, directory)) throw new Fault({ kind: "unauthenticated" });
  return user;
}

/** A name without a domain is taken to be in the default one (pkgcloud sends such). */
export const domainIn = (
  directory: Directory,
  asked: DomainReference = home,
): KeptDomain | undefined =>
  "id" in asked ? directory.domain(asked.id) : directory.domainNamed(asked.name);

/** The caller a user is on a target, with every role they have there; null where they have none. */
export function callerIn(user: User, target: Target, directory: Directory): Caller | null {
  const roles = isOpen(target, directory) ? rolesOn(user, target, directory) : [];
  return roles.length > 0 ? callerOn(user, target, roles, directory) : null;
}

/** The caller a user is without saying where: in their project, if any. */
export function callerAtHome(user: User, directory: Directory): Caller {
  const { defaultProject } = user;
  const own = defaultProject && callerIn(user, { kind: "project", id: defaultProject }, directory);
  return own || callerOn(user, null, [], directory);
}

/** How long, in milliseconds, a password that was right is not derived again. */
const rememberedFor = 60_000;

/** By the records that the users are in. */
const logins = new WeakMap<Records, Map<string, Claims>>();

/** HTTP Basic sends the password with every request, and checking one takes 50 ms. */
async function login(
  { user: name, password }: Extract<Credentials, { kind: "password" }>,
  world: World,
  now: Instant,
): Promise<Caller> {
  const key = createHash("sha256").update(`${name}\0${password}`).digest("base64");
  const { records, revocations } = world.backend();
  const remembered = logins.get(records) ?? new Map<string, Claims>();
  logins.set(records, remembered);
  const known = remembered.get(key);
  if (known && now < known.expires && !(await revocations.includes(known, now))) return known;

  const directory = await directoryIn(records);
  const user = await userWith({ name }, password, { records, directory });
  const caller = callerAtHome(user, directory);
  if (remembered.size >= 1_000) remembered.clear();
  const lasting = { id: "", methods: ["password"], issued: now, expires: now + rememberedFor };
  remembered.set(key, { ...caller, ...lasting });
  return caller;
}
