import type { Instant } from "../../core/instant.ts";

/** Keystone's default roles, each implying those after it. */
export const roles = ["admin", "manager", "member", "reader"] as const;

/** A role that policies know; there may be others, which they do not ask for. */
export type Role = (typeof roles)[number] | "service";

/** Their ids, and that of the role services have, in every installation. */
export const roleIds: Readonly<Record<Role, string>> = {
  admin: "0a5f5f2f6a4e4d0f9a1c3e5d7b9f1a01",
  manager: "1b6a6a3a7b5f4e1a8b2d4f6e8ca02b12",
  member: "2c7b7b4b8c6a4f2b9c3e5a7f9db13c23",
  reader: "3d8c8c5c9d7b4a3c8d4f6b8aaec24d34",
  service: "4e9d9d6dae8c4b4d9e5a7c9bbfd35e45",
};

/** Something by the name it has and the id that stays. */
export interface NamedRef {
  readonly id: string;
  readonly name: string;
}

/** The domain that is there from the start; what does not say its domain is in this one. */
export const defaultDomain = { id: "default", name: "Default" } as const satisfies NamedRef;

export interface Project extends NamedRef {
  readonly domain?: NamedRef;
}

export interface User extends NamedRef {
  /** The id of its domain. */
  readonly domain: string;
  readonly enabled: boolean;
  readonly description?: string | null;
  /** A hash as `http/passwords.ts` writes it; null where none was ever set. */
  readonly password: string | null;
  /** Likewise, of the Rackspace API key. */
  readonly apiKey: string | null;
  /** The project of HTTP Basic, and of a token asked for without a scope; null for none. */
  readonly defaultProject: string | null;
  /** Resource options, as they were set. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** What else was said of it: `email`, and whatever a client likes. */
  readonly extra: Readonly<Record<string, unknown>>;
  /** Some may be of roles, or on projects, that are gone: they give nothing. */
  readonly assignments: readonly Assignment[];
}

/** What a role is held on; the id of the system is "all". */
export interface Target {
  readonly kind: "project" | "domain" | "system";
  readonly id: string;
}

export interface Assignment {
  /** The id of the role. */
  readonly role: string;
  readonly on: Target;
}

/** Whom a request speaks for. */
export interface Caller {
  readonly user: Project;
  readonly project: Project | null;
  /** By their names, with all that they imply. */
  readonly roles: readonly string[];
  /** The ids of those roles that are not Keystone's own, by their names. */
  readonly otherRoles?: Readonly<Record<string, string>>;
  /** What it is for instead of a project. */
  readonly domain?: NamedRef;
  readonly system?: true;
  /** The application credential it was got with. */
  readonly credential?: { readonly id: string; readonly unrestricted: boolean };
}

/** What a token says. */
export interface Claims extends Caller {
  /** Keystone's audit id; a revocation names it. */
  readonly id: string;
  readonly methods: readonly string[];
  readonly issued: Instant;
  readonly expires: Instant;
}

/** What its roles are held on; null for a token without a scope. */
export function targetOf({ project, domain, system }: Caller): Target | null {
  if (project) return { kind: "project", id: project.id };
  if (domain) return { kind: "domain", id: domain.id };
  return system ? { kind: "system", id: "all" } : null;
}

/** What tokens can be revoked by, besides each by its own id. */
export const revocationKeys = {
  user: (id: string) => `user:${id}`,
  project: (id: string) => `project:${id}`,
  domain: (id: string) => `domain:${id}`,
  role: (id: string) => `role:${id}`,
  credential: (id: string) => `credential:${id}`,
  grant: (user: string, { kind, id }: Target) => `grant:${user}:${kind}:${id}`,
} as const;

/** Everything a token can be revoked by. */
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
    ...Object.values(otherRoles).map(revocationKeys.role),
    ...(project ? [revocationKeys.project(project.id)] : []),
    ...(credential ? [revocationKeys.credential(credential.id)] : []),
    ...(target ? [revocationKeys.grant(user.id, target)] : []),
  ];
}

/** Keystone's `[token] expiration` default is one hour. */
export const tokenLifetimeMs = 3_600_000;

/** The role and all that it implies (Keystone's bootstrap: admin > manager > member > reader). */
export function impliedRoles(role: string): string[] {
  const roleNames: readonly string[] = roles;
  const index = roleNames.indexOf(role);
  return index < 0 ? [role] : roleNames.slice(index);
}

export const hasRole = (caller: Caller, role: Role): boolean => caller.roles.includes(role);

/** Who asks what is open to all. */
export const anonymousCaller: Caller = { user: { id: "", name: "" }, project: null, roles: [] };
