import type { Directory, RoleEntry } from "../model/directory.ts";
import { toDomainRef, withImpliedRoles } from "../model/effective-roles.ts";
import type { Target, User } from "../model/identity.ts";

export interface RoleAssignment {
  readonly user: User;
  readonly on: Target;
  readonly role: RoleEntry;
  /** The role that implies this one. */
  readonly prior?: RoleEntry;
}

/** `effective` adds implied roles. */
export function listAssignments(
  user: User,
  directory: Directory,
  effective: boolean,
): RoleAssignment[] {
  const given = user.assignments.flatMap(({ role: id, on }) => {
    const role = directory.role(id);
    return role && isThere(on, directory) ? [{ user, on, role }] : [];
  });
  if (!effective) return given;
  return given.flatMap((one) =>
    withImpliedRoles([one.role], directory)
      .filter(({ domain }) => domain === null)
      .map((role) => (role === one.role ? one : { ...one, role, prior: one.role })),
  );
}

const isThere = ({ kind, id }: Target, directory: Directory): boolean =>
  kind === "system" || directory[kind](id) !== undefined;

/** Names on request only. */
export function assignmentView(
  { user, on, role, prior }: RoleAssignment,
  how: { readonly origin: string; readonly directory: Directory; readonly named: boolean },
) {
  const { origin, directory, named } = how;
  const base = `${origin}/identity/v3`;
  const place = on.kind === "system" ? "system" : `${on.kind}s/${on.id}`;
  const domainOf = (id: string) => ({ domain: toDomainRef(id, directory) });
  const given = prior ?? role;
  return {
    links: {
      assignment: `${base}/${place}/users/${user.id}/roles/${given.id}`,
      ...(prior && { prior_role: `${base}/prior_role/${prior.id}/implies/${role.id}` }),
    },
    scope: scopeView(on, how),
    user: { id: user.id, ...(named && { name: user.name, ...domainOf(user.domain) }) },
    role: {
      id: role.id,
      ...(named && { name: role.name, ...(role.domain !== null && domainOf(role.domain)) }),
    },
  };
}

function scopeView(
  { kind, id }: Target,
  { directory, named }: { readonly directory: Directory; readonly named: boolean },
) {
  if (kind === "system") return { system: { all: true } };
  if (kind === "domain") return { domain: named ? toDomainRef(id, directory) : { id } };
  const project = directory.project(id);
  if (!named || !project) return { project: { id } };
  const domain = toDomainRef(project.domain, directory);
  return { project: { id, name: project.name, domain } };
}
