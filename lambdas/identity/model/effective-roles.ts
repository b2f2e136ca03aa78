import type { Directory, ProjectEntry, RoleEntry } from "./directory.ts";
import type { Caller, NamedRef, Project, Target, User } from "./identity.ts";
import { roleIds } from "./identity.ts";

export const isSameTarget = (one: Target, other: Target): boolean =>
  one.kind === other.kind && one.id === other.id;

export const assignedRoles = (
  { assignments }: Pick<User, "assignments">,
  target: Target,
  directory: Directory,
): RoleEntry[] =>
  assignments
    .filter(({ on }) => isSameTarget(on, target))
    .flatMap(({ role }) => directory.role(role) ?? []);

/** Without duplicates, in discovery order. */
export function withImpliedRoles(
  assigned: readonly RoleEntry[],
  directory: Directory,
): RoleEntry[] {
  const all = new Set(assigned);
  for (const role of all)
    for (const id of role.implies) {
      const implied = directory.role(id);
      if (implied) all.add(implied);
    }
  return [...all];
}

/** A domain-specific role counts only by what it implies (keystone/models/token_model.py). */
export const effectiveRoles = (user: User, target: Target, directory: Directory): RoleEntry[] =>
  withImpliedRoles(assignedRoles(user, target, directory), directory).filter(
    ({ domain }) => domain === null,
  );

export const mayAuthenticate = (user: User, directory: Directory): boolean =>
  user.enabled && directory.domain(user.domain)?.enabled === true;

export function isTargetEnabled(target: Target, directory: Directory): boolean {
  if (target.kind === "system") return true;
  if (target.kind === "domain") return directory.domain(target.id)?.enabled === true;
  const project = directory.project(target.id);
  return project?.enabled === true && directory.domain(project.domain)?.enabled === true;
}

/** Ids of projects or domains. */
export const accessibleTargets = (
  user: User,
  kind: "project" | "domain",
  directory: Directory,
): string[] => [
  ...new Set(
    user.assignments
      .map(({ on }) => on)
      .filter((on) => on.kind === kind && isTargetEnabled(on, directory))
      .filter((on) => effectiveRoles(user, on, directory).length > 0)
      .map(({ id }) => id),
  ),
];

export const withDomain = (
  { id, name, domain }: Pick<ProjectEntry, "id" | "name" | "domain">,
  directory: Directory,
): Project => ({ id, name, domain: toDomainRef(domain, directory) });

export function toDomainRef(id: string, directory: Directory): NamedRef {
  return { id, name: directory.domain(id)?.name ?? id };
}

const builtInRoleIds: Readonly<Record<string, string>> = roleIds;

export function toCaller(
  user: User,
  target: Target | null,
  roles: readonly RoleEntry[],
  directory: Directory,
): Caller {
  const project = target?.kind === "project" ? directory.project(target.id) : undefined;
  const others = roles
    .filter(({ id, name }) => builtInRoleIds[name] !== id)
    .map(({ id, name }) => [name, id]);
  return {
    user: withDomain(user, directory),
    project: project ? withDomain(project, directory) : null,
    roles: [...new Set(roles.map(({ name }) => name))],
    ...(others.length > 0 && { otherRoles: Object.fromEntries(others) }),
    ...(target?.kind === "domain" && { domain: toDomainRef(target.id, directory) }),
    ...(target?.kind === "system" && { system: true as const }),
  };
}
