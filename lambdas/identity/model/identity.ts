import type { Instant } from "../../core/instant.ts";

/** Each role implies those after it. */
export const roles = ["admin", "manager", "member", "reader"] as const;

export type Role = (typeof roles)[number] | "service";

export const roleIds: Readonly<Record<Role, string>> = {
  admin: "0a5f5f2f6a4e4d0f9a1c3e5d7b9f1a01",
  manager: "1b6a6a3a7b5f4e1a8b2d4f6e8ca02b12",
  member: "2c7b7b4b8c6a4f2b9c3e5a7f9db13c23",
  reader: "3d8c8c5c9d7b4a3c8d4f6b8aaec24d34",
  service: "4e9d9d6dae8c4b4d9e5a7c9bbfd35e45",
};

export interface NamedRef {
  readonly id: string;
  readonly name: string;
}

/** For requests that name no domain. */
export const defaultDomain = { id: "default", name: "Default" } as const satisfies NamedRef;

export interface Project extends NamedRef {
  readonly domain?: NamedRef;
}

export interface User extends NamedRef {
  /** The domain's id. */
  readonly domain: string;
  readonly enabled: boolean;
  readonly description?: string | null;
  /** A hash; null without a password. */
  readonly password: string | null;
  /** A hash; null without a Rackspace key. */
  readonly apiKey: string | null;
  /** For HTTP Basic and tokens without a requested scope. */
  readonly defaultProject: string | null;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Members unknown to Keystone, such as `email`. */
  readonly extra: Readonly<Record<string, unknown>>;
  /** May name deleted roles or projects, which have no effect. */
  readonly assignments: readonly Assignment[];
}

/** The system's id is "all". */
export interface Target {
  readonly kind: "project" | "domain" | "system";
  readonly id: string;
}

export interface Assignment {
  /** The role's id. */
  readonly role: string;
  readonly on: Target;
}

export interface Caller {
  readonly user: Project;
  readonly project: Project | null;
  /** Names, with all implied roles. */
  readonly roles: readonly string[];
  /** Ids by name, for roles that are not Keystone's defaults. */
  readonly otherRoles?: Readonly<Record<string, string>>;
  /** The scope of a domain token. */
  readonly domain?: NamedRef;
  readonly system?: true;
  /** The application credential that issued the token. */
  readonly credential?: { readonly id: string; readonly unrestricted: boolean };
}

export interface Claims extends Caller {
  /** Keystone's audit id; a revocation names it. */
  readonly id: string;
  readonly methods: readonly string[];
  readonly issued: Instant;
  readonly expires: Instant;
}

/** Returns null for an unscoped token. */
export function targetOf({ project, domain, system }: Caller): Target | null {
  if (project) return { kind: "project", id: project.id };
  if (domain) return { kind: "domain", id: domain.id };
  return system ? { kind: "system", id: "all" } : null;
}

/** Keys that revoke several tokens at once. */
export const revocationKeys = {
  user: (id: string) => `user:${id}`,
  project: (id: string) => `project:${id}`,
  domain: (id: string) => `domain:${id}`,
  role: (id: string) => `role:${id}`,
  credential: (id: string) => `credential:${id}`,
  grant: (user: string, { kind, id }: Target) => `grant:${user}:${kind}:${id}`,
} as const;

export function revocationKeysOf(claims: Claims): string[] {
  const { id, user, project, credential, otherRoles = {} } = claims;
  const target = targetOf(claims);
  const domains = [
    user.domain ?? defaultDomain,
    project?.domain ?? defaultDomain,
    claims.domain ?? defaultDomain,
  ];
  return [
    id,
    revocationKeys.user(user.id),
    ...domains.map((domainOfClaims) => revocationKeys.domain(domainOfClaims.id)),
    ...claims.roles.flatMap((name) => roleIds[name as Role] ?? []).map(revocationKeys.role),
    ...Object.values(otherRoles).map(revocationKeys.role),
    ...(project ? [revocationKeys.project(project.id)] : []),
    ...(credential ? [revocationKeys.credential(credential.id)] : []),
    ...(target ? [revocationKeys.grant(user.id, target)] : []),
  ];
}

/** Keystone's `[token] expiration` default. */
export const tokenLifetimeMs = 3_600_000;

/** Includes the role itself: admin > manager > member > reader. */
export function impliedRoles(role: string): string[] {
  const roleNames: readonly string[] = roles;
  const index = roleNames.indexOf(role);
  return index < 0 ? [role] : roleNames.slice(index);
}

export const hasRole = (caller: Caller, role: Role): boolean => caller.roles.includes(role);

export const anonymousCaller: Caller = { user: { id: "", name: "" }, project: null, roles: [] };
