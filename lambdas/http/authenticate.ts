import { createHash } from "node:crypto";
import type { Credentials } from "../dialects/dialect.ts";
import { Fault } from "../domain/fault.ts";
import {
  type Assignment,
  type Caller,
  implied,
  type Role,
  roles,
  type User,
} from "../domain/identity.ts";
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
  const claims = world.tokens.verify(credentials.token, now);
  if (!claims || (await world.backend().revocations.includes(claims.id, now)))
    throw new Fault({ kind: "unauthenticated" });
  return claims;
}

/** The caller a user is in a project, with every role that their own imply. */
export function callerIn(
  { id, name, assignments }: User,
  project: Assignment["project"] | null,
): Caller {
  const held = assignments
    .filter((assignment) => assignment.project.id === project?.id)
    .flatMap(({ role }) => implied(role));
  return { user: { id, name }, project, roles: roles.filter((role: Role) => held.includes(role)) };
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

  const user = await world.backend().users.named(name);
  if (!(await matches(password, user?.password)) || !user)
    throw new Fault({ kind: "unauthenticated" });
  const home = user.assignments.find(({ project }) => project.id === user.defaultProject);
  const caller = callerIn(user, home?.project ?? null);
  if (remembered.size >= 1_000) remembered.clear();
  remembered.set(key, { caller, until: now + rememberedFor });
  return caller;
}
