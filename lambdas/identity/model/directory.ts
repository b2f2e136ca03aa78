import { defaultDomain as home, type Role, roleIds } from "./identity.ts";

export interface DirectoryEntryBase {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** Members unknown to Keystone. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface DomainEntry extends DirectoryEntryBase {
  readonly kind: "domain";
  readonly enabled: boolean;
  readonly tags: readonly string[];
}

export interface ProjectEntry extends DirectoryEntryBase {
  readonly kind: "project";
  /** Id; also the parent of a top-level project. */
  readonly domain: string;
  readonly parent: string;
  readonly enabled: boolean;
  readonly tags: readonly string[];
}

export interface RoleEntry extends DirectoryEntryBase {
  readonly kind: "role";
  /** null for a global role. */
  readonly domain: string | null;
  /** Role ids. */
  readonly implies: readonly string[];
}

export type DirectoryEntry = DomainEntry | ProjectEntry | RoleEntry;

export const entryDefaults = { description: "", options: {}, extra: {} };

/** Immutable, as after keystone/cmd/bootstrap.py. */
export const builtInRole = (name: Role, implied?: Role): RoleEntry => ({
  ...entryDefaults,
  kind: "role",
  id: roleIds[name],
  name,
  description: null,
  domain: null,
  options: { immutable: true },
  implies: implied ? [roleIds[implied]] : [],
});

export const defaultDomainEntry: DomainEntry = {
  ...entryDefaults,
  ...home,
  kind: "domain",
  description: "The default domain",
  enabled: true,
  tags: [],
};

export const seedEntries: readonly DirectoryEntry[] = [
  defaultDomainEntry,
  builtInRole("admin", "manager"),
  builtInRole("manager", "member"),
  builtInRole("member", "reader"),
  builtInRole("reader"),
  builtInRole("service"),
];

export const newProject = (
  attributes: Pick<ProjectEntry, "id" | "name"> & Partial<ProjectEntry>,
): ProjectEntry => {
  const { domain = home.id, parent = domain } = attributes;
  return {
    ...entryDefaults,
    enabled: true,
    tags: [],
    ...attributes,
    kind: "project",
    domain,
    parent,
  };
};

export interface Directory {
  readonly domains: readonly DomainEntry[];
  readonly projects: readonly ProjectEntry[];
  readonly roles: readonly RoleEntry[];
  domain(id: string): DomainEntry | undefined;
  project(id: string): ProjectEntry | undefined;
  role(id: string): RoleEntry | undefined;
  findDomainByName(name: string): DomainEntry | undefined;
  findProjectByName(domain: string, name: string): ProjectEntry | undefined;
  /** Among entries of the same kind and scope. */
  hasNameConflict(entry: DirectoryEntry): boolean;
}
