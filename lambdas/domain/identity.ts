import type { Instant } from "./lifecycle.ts";

/** Keystone's default roles, each implying those after it. */
export const roles = ["admin", "manager", "member", "reader"] as const;

/** A role that policies know; there may be others, which they do not ask for. */
export type Role = (typeof roles)[number] | "service";

/** The one domain there is. */
export const domain = { id: "default", name: "Default" } as const;

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
  /** A hash as `http/passwords.ts` writes it. */
  readonly password: string;
  /** Likewise, of the Rackspace API key. */
  readonly apiKey: string;
  /** The project of HTTP Basic, and of a token asked for without a scope; null for none. */
  readonly defaultProject: string | null;
  readonly assignments: readonly Assignment[];
}

export interface Assignment {
  readonly project: Project;
  readonly role: string;
}

/** Whom a request speaks for. */
export interface Caller {
  readonly user: { readonly id: string; readonly name: string };
  readonly project: Project | null;
  readonly roles: readonly string[];
}

/** What a token says. */
export interface Claims extends Caller {
  /** Keystone's audit id; a revocation names it. */
  readonly id: string;
  readonly methods: readonly string[];
  readonly issued: Instant;
  readonly expires: Instant;
}

/** Keystone's `[token] expiration` default is one hour. */
export const tokenLifetime = 3_600_000;

/** The role and all that it implies (Keystone's bootstrap: admin > manager > member > reader). */
export function implied(role: string): string[] {
  const known: readonly string[] = roles;
  const at = known.indexOf(role);
  return at < 0 ? [role] : known.slice(at);
}

export const holds = (caller: Caller, role: Role): boolean => caller.roles.includes(role);

/** Who asks what is open to all. */
export const anonymous: Caller = { user: { id: "", name: "" }, project: null, roles: [] };
