import { domain as home, type Role, roleIds } from "./identity.ts";

export interface Kept {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** What else a client said of it. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface KeptDomain extends Kept {
  readonly kind: "domain";
  readonly enabled: boolean;
  readonly tags: readonly string[];
}

export interface KeptProject extends Kept {
  readonly kind: "project";
  /** The id of its domain, which is also its parent where it has no other. */
  readonly domain: string;
  readonly parent: string;
  readonly enabled: boolean;
  readonly tags: readonly string[];
}

export interface KeptRole extends Kept {
  readonly kind: "role";
  /** The one domain it is for; null for a role that tokens speak of. */
  readonly domain: string | null;
  /** The ids of the roles that whoever has it has too. */
  readonly implies: readonly string[];
}

export type Entry = KeptDomain | KeptProject | KeptRole;

export const plain = { description: "", options: {}, extra: {} };

/** Keystone's bootstrap makes these, and makes them immutable (keystone/cmd/bootstrap.py). */
export const builtIn = (name: Role, implied?: Role): KeptRole => ({
  ...plain,
  kind: "role",
  id: roleIds[name],
  name,
  description: null,
  domain: null,
  options: { immutable: true },
  implies: implied ? [roleIds[implied]] : [],
});

export const homeDomain: KeptDomain = {
  ...plain,
  ...home,
  kind: "domain",
  description: "The default domain",
  enabled: true,
  tags: [],
};

export const beginnings: readonly Entry[] = [
  homeDomain,
  builtIn("admin", "manager"),
  builtIn("manager", "member"),
  builtIn("member", "reader"),
  builtIn("reader"),
  builtIn("service"),
];

export const newProject = (
  said: Pick<KeptProject, "id" | "name"> & Partial<KeptProject>,
): KeptProject => {
  const { domain = home.id, parent = domain } = said;
  return { ...plain, enabled: true, tags: [], ...said, kind: "project", domain, parent };
};

/** Every domain, project and role, indexed. */
export interface Directory {
  readonly domains: readonly KeptDomain[];
  readonly projects: readonly KeptProject[];
  readonly roles: readonly KeptRole[];
  domain(id: string): KeptDomain | undefined;
  project(id: string): KeptProject | undefined;
  role(id: string): KeptRole | undefined;
  domainNamed(name: string): KeptDomain | undefined;
  projectNamed(domain: string, name: string): KeptProject | undefined;
  /** Whether another entry of the same kind and scope has the entry's name. */
  has(entry: Entry): boolean;
}
