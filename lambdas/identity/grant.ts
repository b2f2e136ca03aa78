import { randomBytes } from "node:crypto";
import type { IssuedToken } from "../domain/answers.ts";
import { Fault } from "../domain/fault.ts";
import { type Claims, type Project, tokenLifetime, type User } from "../domain/identity.ts";
import type { Instant } from "../domain/lifecycle.ts";
import { callerIn, claimsOf, homeOf } from "../http/authenticate.ts";
import type { World } from "../http/world.ts";

/** Every way in that fails is the same to whoever tries it. */
export const refused = (): Fault => new Fault({ kind: "unauthenticated" });

/** Which project a token is for: one named, the user's own, or none at all. */
export type Scope =
  | { readonly project: { readonly id: string } | { readonly name: string } }
  | "default"
  | "none";

export interface Granting {
  readonly user: User;
  readonly scope: Scope;
  readonly methods: readonly string[];
  readonly now: Instant;
  /** A token got with another runs out with it. */
  readonly expires?: Instant;
}

export async function grant(
  world: World,
  { user, scope, methods, now, expires }: Granting,
): Promise<IssuedToken> {
  const claims: Claims = {
    ...callerIn(user, projectFor(user, scope)),
    id: randomBytes(16).toString("base64url"),
    methods,
    issued: now,
    expires: expires ?? now + tokenLifetime,
  };
  return { token: await world.tokens.issue(claims), claims };
}

function projectFor(user: User, scope: Scope): Project | null {
  if (scope === "none") return null;
  if (scope === "default") return homeOf(user);
  const { project: asked } = scope;
  const project = user.assignments
    .map((assignment) => assignment.project)
    .find((one) => ("id" in asked ? one.id === asked.id : one.name === asked.name));
  if (!project) throw refused();
  return project;
}

/** The user whose token is exchanged for another, and what it said. */
export async function holderOf(
  token: string,
  world: World,
  now: Instant,
): Promise<{ user: User; claims: Claims }> {
  const claims = await claimsOf(token, world, now);
  const user = claims && (await world.backend().users.withId(claims.user.id));
  if (!claims || !user) throw refused();
  return { user, claims };
}
