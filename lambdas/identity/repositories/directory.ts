import { noSuch } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import { collectionOf } from "../../ports/seeded-collection.ts";
import { beginnings, type Directory, type Entry } from "../model/directory.ts";
import { namesOf } from "./unique-names.ts";

/**
 * Domains, projects and roles stand on one shelf, so that whoever logs in learns with one query all
 * that there is to know of where they may go (docs/decisions/0010).
 */
const shelf = "DIRECTORY";

/** Where names are unique: users and projects in a domain, domains and common roles allProjects. */
const placeOf = (entry: Entry): string =>
  `${entry.kind}#${entry.kind === "domain" ? "" : (entry.domain ?? "")}`;

/** The entries to change, with their names kept apart. */
export const entriesIn = (records: Records) =>
  namesOf<Entry>(records, collectionOf<Entry>(records, shelf, beginnings), placeOf);

/** All of it as it is now. (Query) */
export async function directoryIn(records: Records): Promise<Directory> {
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
