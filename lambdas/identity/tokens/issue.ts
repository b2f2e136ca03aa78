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
export const loginRefused = (): Fault => new Fault({ kind: "unauthenticated" });

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

export interface TokenLifetime {
  readonly methods: readonly string[];
  readonly now: Instant;
  /** A token from another token expires with it. */
  readonly expires?: Instant;
}

export async function issueForCaller(
  environment: Environment,
  caller: Caller,
  { methods, now, expires }: TokenLifetime,
): Promise<IssuedToken> {
  const claims: Claims = {
    ...caller,
    id: randomBytes(16).toString("base64url"),
    methods,
    issued: now,
    expires: expires ?? now + tokenLifetimeMs,
  };
  return { token: await environment.tokens.issue(claims), claims };
}

export interface TokenRequest extends TokenLifetime {
  readonly user: User;
  readonly scope: Scope;
  readonly directory: Directory;
}

export const issueForUser = async (
  environment: Environment,
  { user, scope, directory, ...lasting }: TokenRequest,
) => issueForCaller(environment, scopedCaller(user, scope, directory), lasting);

function scopedCaller(user: User, scope: Scope, directory: Directory): Caller {
  if (scope === "none") return toCaller(user, null, [], directory);
  if (scope === "default") return defaultScopeCaller(user, directory);
  const target = findTarget(scope, directory);
  const caller = target && findCaller(user, target, directory);
  if (!caller) throw loginRefused();
  return caller;
}

function findTarget(scope: Exclude<Scope, "none" | "default">, directory: Directory) {
  if (scope === "system") return { kind: "system", id: "all" } as const;
  if ("domain" in scope) {
    const domain = findDomain(directory, scope.domain);
    return domain ? ({ kind: "domain", id: domain.id } as const) : null;
  }
  const { project: requested } = scope;
  const project =
    "id" in requested
      ? directory.project(requested.id)
      : directory.findProjectByName(
          findDomain(directory, requested.domain)?.id ?? "",
          requested.name,
        );
  return project ? ({ kind: "project", id: project.id } as const) : null;
}

/** @calls GetItem, Query */
export async function getTokenUser(
  token: string,
  environment: Environment,
  now: Instant,
): Promise<{ user: User; claims: Claims; directory: Directory }> {
  const claims = await verifyToken(token, environment, now);
  if (!claims) throw loginRefused();
  const { records } = environment.backend();
  const user = await usersIn(records).findById(claims.user.id);
  const directory = await readDirectory(records);
  if (!user || !mayAuthenticate(user, directory)) throw loginRefused();
  return { user, claims, directory };
}
