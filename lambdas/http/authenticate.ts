import { createHash } from "node:crypto";
import type { Credentials } from "../dialects/dialect.ts";
import type { Backend } from "../domain/backend.ts";
import { Fault } from "../domain/fault.ts";
import { type Caller, type Claims, implied, type Project, type User } from "../domain/identity.ts";
import type { Instant } from "../domain/lifecycle.ts";
import { matches } from "./passwords.ts";
import type { World } from "./world.ts";

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
  return (await world.backend().revocations.includes(claims.id, now)) ? null : claims;
}

export type UserReference = { readonly id: string } | { readonly name: string };

/** The user whose password, or API key, this is. Asks the table at most twice. */
export async function userWith(
  reference: UserReference,
  secret: string,
  { users }: Backend,
  kind: "password" | "apiKey" = "password",
): Promise<User> {
  const user = await ("id" in reference ? users.withId(reference.id) : users.named(reference.name));
  if (!(await matches(secret, user?.[kind])) || !user) throw new Fault({ kind: "unauthenticated" });
  return user;
}

/** The project a user is in without saying so, if any. */
export const homeOf = ({ assignments, defaultProject }: User): Project | null =>
  assignments.find(({ project }) => project.id === defaultProject)?.project ?? null;

/** The caller a user is in a project, with every role that their own imply. */
export function callerIn({ id, name, assignments }: User, project: Project | null): Caller {
  const held = assignments
    .filter((assignment) => assignment.project.id === project?.id)
    .flatMap(({ role }) => implied(role));
  return { user: { id, name }, project, roles: [...new Set(held)] };
}

/** How long, in milliseconds, a password that was right is not derived again. */
const rememberedFor = 60_000;

const logins = new WeakMap<World, Map<string, { caller: Caller; until: Instant }>>();

/** HTTP Basic sends the password with every request, and checking one takes 50 ms. */
async function login(
  { user: name, password }: Extract<Credentials, { kind: "password" }>,
  world: World,
  now: Instant,
): Promise<Caller> {
  const remembered = logins.get(world) ?? new Map();
  logins.set(world, remembered);
  const key = createHash("sha256").update(`${name}\0${password}`).digest("base64");
  const known = remembered.get(key);
  if (known && now < known.until) return known.caller;

  const user = await userWith({ name }, password, world.backend());
  const caller = callerIn(user, homeOf(user));
  if (remembered.size >= 1_000) remembered.clear();
  remembered.set(key, { caller, until: now + rememberedFor });
  return caller;
}
