import type { Records } from "../../ports/backend.ts";
import { collectionOf } from "../../ports/seeded-collection.ts";
import { noSuch } from "../../core/fault.ts";
import { domain as home, type Role, roleIds } from "../model/identity.ts";
import { namesOf } from "./unique-names.ts";

interface Kept {
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

const plain = { description: "", options: {}, extra: {} };

/** Keystone's bootstrap makes these, and makes them immutable (keystone/cmd/bootstrap.py). */
const builtIn = (name: Role, implied?: Role): KeptRole => ({
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

const beginnings: readonly Entry[] = [
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

/**
 * Domains, projects and roles stand on one shelf, so that whoever logs in learns with one query all
 * that there is to know of where they may go (docs/decisions/0010).
 */
const shelf = "DIRECTORY";

/** Where names are unique: users and projects in a domain, domains and common roles everywhere. */
const placeOf = (entry: Entry): string =>
  `${entry.kind}#${entry.kind === "domain" ? "" : (entry.domain ?? "")}`;

/** The entries to change, with their names kept apart. */
export const entriesIn = (records: Records) =>
  namesOf<Entry>(records, collectionOf<Entry>(records, shelf, beginnings), placeOf);

export type Directory = Awaited<ReturnType<typeof directoryIn>>;

/** All of it as it is now. (Query) */
export async function directoryIn(records: Records) {
  const entries = await collectionOf<Entry>(records, shelf, beginnings).all();
  const domains = entries.filter((one) => one.kind === "domain");
  const projects = entries.filter((one) => one.kind === "project");
  const roles = entries.filter((one) => one.kind === "role");
  const by = <E extends Entry>(all: readonly E[]) => new Map(all.map((one) => [one.id, one]));
  const known = { domain: by(domains), project: by(projects), role: by(roles) };

  return {
    domains,
    projects,
    roles,
    domain: (id: string) => known.domain.get(id),
    project: (id: string) => known.project.get(id),
    role: (id: string) => known.role.get(id),
    domainNamed: (name: string) => domains.find((one) => one.name === name),
    projectNamed: (domain: string, name: string) =>
      projects.find((one) => one.domain === domain && one.name === name),

    /** Whether there is another of its kind, in its place, of that name. */
    has: (entry: Entry) =>
      entries.some(
        (one) => one.id !== entry.id && one.name === entry.name && placeOf(one) === placeOf(entry),
      ),
  };
}

/** The one of that id, or the `no-such` refusal. */
export function present<Kind extends "domain" | "project" | "role">(
  directory: Directory,
  kind: Kind,
  id: string,
): Extract<Entry, { kind: Kind }> {
  const found: Entry | undefined = directory[kind](id);
  if (!found) throw noSuch(kind, id);
  return found as Extract<Entry, { kind: Kind }>;
}
