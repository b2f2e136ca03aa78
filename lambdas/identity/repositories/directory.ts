import { notFound } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import { seededCollection } from "../../ports/seeded-collection.ts";
import { type Directory, type DirectoryEntry, seedEntries } from "../model/directory.ts";
import { withUniqueNames } from "./unique-names.ts";

/** One collection, so that a login reads it with one Query (docs/decisions/0010). */
const directoryCollectionName = "DIRECTORY";

/** Domains and global roles have unique names in the cloud, others in their domain. */
const nameScopeOf = (entry: DirectoryEntry): string =>
  `${entry.kind}#${entry.kind === "domain" ? "" : (entry.domain ?? "")}`;

export const entriesIn = (records: Records) =>
  withUniqueNames<DirectoryEntry>(
    records,
    seededCollection<DirectoryEntry>(records, directoryCollectionName, seedEntries),
    nameScopeOf,
  );

/** @calls Query */
export async function readDirectory(records: Records): Promise<Directory> {
  const entries = await seededCollection<DirectoryEntry>(
    records,
    directoryCollectionName,
    seedEntries,
  ).all();
  const domains = entries.filter((one) => one.kind === "domain");
  const projects = entries.filter((one) => one.kind === "project");
  const roles = entries.filter((one) => one.kind === "role");
  const byId = <E extends DirectoryEntry>(all: readonly E[]) =>
    new Map(all.map((one) => [one.id, one]));
  const index = { domain: byId(domains), project: byId(projects), role: byId(roles) };

  return {
    domains,
    projects,
    roles,
    domain: (id: string) => index.domain.get(id),
    project: (id: string) => index.project.get(id),
    role: (id: string) => index.role.get(id),
    findDomainByName: (name: string) => domains.find((one) => one.name === name),
    findProjectByName: (domain: string, name: string) =>
      projects.find((one) => one.domain === domain && one.name === name),

    hasNameConflict: (entry: DirectoryEntry) =>
      entries.some(
        (one) =>
          one.id !== entry.id && one.name === entry.name && nameScopeOf(one) === nameScopeOf(entry),
      ),
  };
}

export function getDirectoryEntry<Kind extends "domain" | "project" | "role">(
  directory: Directory,
  kind: Kind,
  id: string,
): Extract<DirectoryEntry, { kind: Kind }> {
  const found: DirectoryEntry | undefined = directory[kind](id);
  if (!found) throw notFound(kind, id);
  return found as Extract<DirectoryEntry, { kind: Kind }>;
}
