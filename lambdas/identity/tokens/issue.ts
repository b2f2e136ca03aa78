import { randomBytes } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { World } from "../../http/environment.ts";
import type { IssuedToken } from "../../http/responses.ts";
import {
  callerAtHome,
  callerIn,
  claimsOf,
  type DomainReference,
  domainIn,
} from "../authentication/authenticate.ts";
import type { Directory } from "../model/directory.ts";
import { callerOn, isWelcome } from "../model/effective-roles.ts";
import { type Caller, type Claims, tokenLifetime, type User } from "../model/identity.ts";
import { directoryIn } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";

/** Every way in that fails is the same to whoever tries it. */
export const refused = (): Fault => new Fault({ kind: "unauthenticated" });

/** What a token is for: something named, the user's own project, or nothing at all. */
export type Scope =
  | {
      readonly project:
        | { readonly id: string }
        | { readonly name: string; readonly domain?: DomainReference };
    }
  | { readonly domain: DomainReference }
  | "system"
  | "default"
  | "none";

export interface Lasting {
  readonly methods: readonly string[];
  readonly now: Instant;
  /** A token got with another runs out with it. */
  readonly expires?: Instant;
}

/** A token that says who the caller is. */
export async function issued(
  world: World,
  caller: Caller,
  { methods, now, expires }: Lasting,
): Promise<IssuedToken> {
  const claims: Claims = {
    ...caller,
    id: randomBytes(16).toString("base64url"),
    methods,
    issued: now,
    expires: expires ?? now + tokenLifetime,
  };
  return { token: await world.tokens.issue(claims), claims };
}

export interface Granting extends Lasting {
  readonly user: User;
  readonly scope: Scope;
  readonly directory: Directory;
}

export const grant = async (world: World, { user, scope, directory, ...lasting }: Granting) =>
  issued(world, callerFor(user, scope, directory), lasting);

function callerFor(user: User, scope: Scope, directory: Directory): Caller {
  if (scope === "none") return callerOn(user, null, [], directory);
  if (scope === "default") return callerAtHome(user, directory);
  const target = targetIn(scope, directory);
  const caller = target && callerIn(user, target, directory);
  if (!caller) throw refused();
  return caller;
}

function targetIn(scope: Exclude<Scope, "none" | "default">, directory: Directory) {
  if (scope === "system") return { kind: "system", id: "all" } as const;
  if ("domain" in scope) {
    const domain = domainIn(directory, scope.domain);
    return domain ? ({ kind: "domain", id: domain.id } as const) : null;
  }
  const { project: asked } = scope;
  const project =
    "id" in asked
      ? directory.project(asked.id)
      : directory.projectNamed(domainIn(directory, asked.domain)?.id ?? "", asked.name);
  return project ? ({ kind: "project", id: project.id } as const) : null;
}

/** The user whose token is exchanged for another, and what it said. (GetItem, Query) */
export async function holderOf(
  token: string,
  world: World,
  now: Instant,
): Promise<{ user: User; claims: Claims; directory: Directory }> {
  const claims = await claimsOf(token, world, now);
  if (!claims) throw refused();
  const { records } = world.backend();
  const user = await usersIn(records).withId(claims.user.id);
  const directory = await directoryIn(records);
  if (!user || !isWelcome(user, directory)) throw refused();
  return { user, claims, directory };
}
