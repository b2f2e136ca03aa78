import { randomBytes } from "node:crypto";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Environment } from "../../http/environment.ts";
import type { IssuedToken } from "../../http/responses.ts";
import {
  type DomainReference,
  defaultScopeCaller,
  findCaller,
  findDomain,
  verifyToken,
} from "../authentication/authenticate.ts";
import type { Directory } from "../model/directory.ts";
import { mayAuthenticate, toCaller } from "../model/effective-roles.ts";
import { type Caller, type Claims, tokenLifetimeMs, type User } from "../model/identity.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";

/** Every failed login gets the same refusal. */
export const refused = (): Fault => new Fault({ kind: "unauthenticated" });

/** The requested scope: a target, the user's default project, or none. */
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
  /** A token from another token expires with it. */
  readonly expires?: Instant;
}

/** Issues a token for a caller. */
export async function issued(
  world: Environment,
  caller: Caller,
  { methods, now, expires }: Lasting,
): Promise<IssuedToken> {
  const claims: Claims = {
    ...caller,
    id: randomBytes(16).toString("base64url"),
    methods,
    issued: now,
    expires: expires ?? now + tokenLifetimeMs,
  };
  return { token: await world.tokens.issue(claims), claims };
}

export interface Granting extends Lasting {
  readonly user: User;
  readonly scope: Scope;
  readonly directory: Directory;
}

export const grant = async (world: Environment, { user, scope, directory, ...lasting }: Granting) =>
  issued(world, callerFor(user, scope, directory), lasting);

function callerFor(user: User, scope: Scope, directory: Directory): Caller {
  if (scope === "none") return toCaller(user, null, [], directory);
  if (scope === "default") return defaultScopeCaller(user, directory);
  const target = targetIn(scope, directory);
  const caller = target && findCaller(user, target, directory);
  if (!caller) throw refused();
  return caller;
}

function targetIn(scope: Exclude<Scope, "none" | "default">, directory: Directory) {
  if (scope === "system") return { kind: "system", id: "all" } as const;
  if ("domain" in scope) {
    const domain = findDomain(directory, scope.domain);
    return domain ? ({ kind: "domain", id: domain.id } as const) : null;
  }
  const { project: asked } = scope;
  const project =
    "id" in asked
      ? directory.project(asked.id)
      : directory.findProjectByName(findDomain(directory, asked.domain)?.id ?? "", asked.name);
  return project ? ({ kind: "project", id: project.id } as const) : null;
}

/**
 * The user of a token to exchange, and the token's claims.
 * @calls GetItem, Query
 */
export async function holderOf(
  token: string,
  world: Environment,
  now: Instant,
): Promise<{ user: User; claims: Claims; directory: Directory }> {
  const claims = await verifyToken(token, world, now);
  if (!claims) throw refused();
  const { records } = world.backend();
  const user = await usersIn(records).findById(claims.user.id);
  const directory = await readDirectory(records);
  if (!user || !mayAuthenticate(user, directory)) throw refused();
  return { user, claims, directory };
}
