import type { Directory, KeptProject, KeptRole } from "./directory.ts";
import type { Caller, Named, Project, Target, User } from "./identity.ts";
import { roleIds } from "./identity.ts";

export const sameTarget = (one: Target, other: Target): boolean =>
  one.kind === other.kind && one.id === other.id;

/** The roles that are given to a user on a target. */
export const givenOn = (
  { assignments }: Pick<User, "assignments">,
  target: Target,
  directory: Directory,
): KeptRole[] =>
  assignments
    .filter(({ on }) => sameTarget(on, target))
    .flatMap(({ role }) => directory.role(role) ?? []);

/** The roles and all that they imply, each once, in the order that they are come by. */
export function withImplied(given: readonly KeptRole[], directory: Directory): KeptRole[] {
  const all = new Set(given);
  for (const role of all)
    for (const id of role.implies) {
      const implied = directory.role(id);
      if (implied) all.add(implied);
    }
  return [...all];
}

/**
 * The roles of a token. One that is a domain's own gives what it implies and is not spoken of itself
 * (keystone/models/token_model.py).
 */
export const rolesOn = (user: User, target: Target, directory: Directory): KeptRole[] =>
  withImplied(givenOn(user, target, directory), directory).filter(({ domain }) => domain === null);

/** Whether the user, and the domain they are in, may log in at all. */
export const isWelcome = (user: User, directory: Directory): boolean =>
  user.enabled && directory.domain(user.domain)?.enabled === true;

/** Whether tokens for it are given. */
export function isOpen(target: Target, directory: Directory): boolean {
  if (target.kind === "system") return true;
  if (target.kind === "domain") return directory.domain(target.id)?.enabled === true;
  const project = directory.project(target.id);
  return project?.enabled === true && directory.domain(project.domain)?.enabled === true;
}

/** The projects, or domains, that a user can have a token for. */
export const openTo = (user: User, kind: "project" | "domain", directory: Directory): string[] => [
  ...new Set(
    user.assignments
      .map(({ on }) => on)
      .filter((on) => on.kind === kind && isOpen(on, directory))
      .filter((on) => rolesOn(user, on, directory).length > 0)
      .map(({ id }) => id),
  ),
];

/** As tokens name it, with the domain it is in. */
export const inDomain = (
  { id, name, domain }: Pick<KeptProject, "id" | "name" | "domain">,
  directory: Directory,
): Project => ({ id, name, domain: namedDomain(domain, directory) });

export function namedDomain(id: string, directory: Directory): Named {
  return { id, name: directory.domain(id)?.name ?? id };
}

const ownIds: Readonly<Record<string, string>> = roleIds;

/** The caller a user is with some roles on a target, or on none. */
export function callerOn(
  user: User,
  target: Target | null,
  roles: readonly KeptRole[],
  directory: Directory,
): Caller {
  const project = target?.kind === "project" ? directory.project(target.id) : undefined;
  const others = roles
    .filter(({ id, name }) => ownIds[name] !== id)
    .map(({ id, name }) => [name, id]);
  return {
    user: inDomain(user, directory),
    project: project ? inDomain(project, directory) : null,
    roles: [...new Set(roles.map(({ name }) => name))],
    ...(others.length > 0 && { otherRoles: Object.fromEntries(others) }),
    ...(target?.kind === "domain" && { domain: namedDomain(target.id, directory) }),
    ...(target?.kind === "system" && { system: true as const }),
  };
}
