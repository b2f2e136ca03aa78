import { Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Environment } from "../../http/environment.ts";
import type { Directory, RoleEntry } from "../model/directory.ts";
import { assignedRoles, isSameTarget } from "../model/effective-roles.ts";
import { revocationKeys, type Target, type User } from "../model/identity.ts";
import { applicationCredentialsIn } from "../repositories/application-credentials.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { revokeIssued } from "../tokens/revocation.ts";

export interface Grant {
  readonly user: string;
  readonly role: string;
  readonly on: Target;
}

/** @calls GetItem, Query */
export async function findAssignedRoles(
  environment: Environment,
  id: string,
  on: Target,
): Promise<RoleEntry[]> {
  const { user, directory } = await resolveParties(environment, id, on);
  return assignedRoles(user, on, directory);
}

/** @calls GetItem, Query */
export async function assertAssigned(environment: Environment, grant: Grant): Promise<void> {
  const { user, directory } = await resolveParties(environment, grant.user, grant.on);
  getDirectoryEntry(directory, "role", grant.role);
  if (!holdsGrant(user, grant)) throw assignmentNotFound(grant);
}

/**
 * Idempotent.
 * @calls GetItem, Query, PutItem
 */
export async function assignRole(
  environment: Environment,
  grant: Grant,
  now: Instant,
): Promise<void> {
  const { directory } = await resolveParties(environment, grant.user, grant.on);
  assertSameDomain(getDirectoryEntry(directory, "role", grant.role), grant, directory);
  const { user: id, role, on } = grant;
  const given = await usersIn(environment.backend().records).change(
    id,
    (was) =>
      holdsGrant(was, grant) ? was : { ...was, assignments: [...was.assignments, { role, on }] },
    now,
  );
  if (!given) throw notFound("user", id);
}

/**
 * Also revokes tokens with the role and deletes application credentials on that project.
 * @calls GetItem, Query, PutItem, DeleteItem
 */
export async function unassignRole(
  environment: Environment,
  grant: Grant,
  now: Instant,
): Promise<void> {
  await assertAssigned(environment, grant);
  const { records } = environment.backend();
  const { user: id, role, on } = grant;
  await usersIn(records).change(
    id,
    (was) => ({
      ...was,
      assignments: was.assignments.filter((one) => one.role !== role || !isSameTarget(one.on, on)),
    }),
    now,
  );
  await revokeIssued(environment, revocationKeys.grant(id, on), now);
  if (on.kind !== "project") return;
  const credentials = applicationCredentialsIn(records);
  for (const one of await credentials.listByUser(id))
    if (one.project === on.id) {
      await revokeIssued(environment, revocationKeys.credential(one.id), now);
      await credentials.remove(one);
    }
}

async function resolveParties(
  environment: Environment,
  id: string,
  on: Target,
): Promise<{ user: User; directory: Directory }> {
  const { records } = environment.backend();
  const directory = await readDirectory(records);
  if (on.kind !== "system") getDirectoryEntry(directory, on.kind, on.id);
  const user = await usersIn(records).findById(id);
  if (!user) throw notFound("user", id);
  return { user, directory };
}

const holdsGrant = ({ assignments }: User, { role, on }: Grant): boolean =>
  assignments.some((one) => one.role === role && isSameTarget(one.on, on));

const assignmentNotFound = ({ user, role, on }: Grant): Fault =>
  notFound(
    "role_assignment",
    `role: ${role}, user or group: ${user}, project, domain, or system: ${on.id}`,
  );

/** A domain-specific role is for its domain and the domain's projects. */
function assertSameDomain({ id, domain }: RoleEntry, { on }: Grant, directory: Directory): void {
  if (domain === null) return;
  const at = on.kind === "project" ? directory.project(on.id)?.domain : on.id;
  if (at === domain) return;
  throw new Fault({
    kind: "denied",
    reason: `Project ${on.id} must be in the same domain as the role ${id} being assigned.`,
  });
}
