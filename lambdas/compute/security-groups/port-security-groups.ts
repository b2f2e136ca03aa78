import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Port } from "../../network/model/port.ts";
import type { SecurityGroup } from "../../network/model/security-group.ts";
import { refreshNetworkInfo } from "../../network/repositories/network-info.ts";
import { changePortOfDevice, portsOfDevice } from "../../network/repositories/ports.ts";
import { securityGroupsIn } from "../../network/repositories/security-groups.ts";
import type { Backend } from "../../ports/backend.ts";
import type { Records } from "../../ports/records.ts";
import type { Server } from "../model/server.ts";

/** A name or an id. */
export const groupNameField = {
  type: "object",
  properties: { name: { type: "string", minLength: 1 } },
  required: ["name"],
  additionalProperties: false,
} as const;

/** Updates the server's network info too. */
export async function updatePortGroups(
  backend: Backend,
  { project, id }: Server,
  {
    name,
    now,
    to,
  }: { name: string; now: Instant; to: (was: readonly string[], group: string) => string[] | null },
): Promise<void> {
  const { records } = backend;
  const group = await getGroupByName(records, project, name);
  const ports = await portsOfDevice(records, project, id);
  if (ports.length === 0)
    throw membershipNotFound(`instance_id ${id} could not be found as device id on any ports`);
  const affected = ports.filter(({ security_groups }) => to(security_groups, group.id) !== null);
  if (affected.length === 0)
    throw membershipNotFound(`Security group ${name} not associated with the instance ${id}`);
  const change = (was: Port): Port => ({
    ...was,
    security_groups: to(was.security_groups, group.id) ?? was.security_groups,
    updated: now,
    revision: was.revision + 1,
  });
  await Promise.all(affected.map((port) => changePortOfDevice(records, port, id, change)));
  await refreshNetworkInfo(backend, affected[0] ?? null);
}

async function getGroupByName(
  records: Records,
  project: string,
  name: string,
): Promise<SecurityGroup> {
  const all = await securityGroupsIn(records).all({ project, allProjects: false });
  const byId = all.find(({ id }) => id === name);
  const [group, ...more] = byId ? [byId] : all.filter((one) => one.name === name);
  if (!group)
    throw membershipNotFound(`Security group ${name} is not found for project ${project}`);
  if (more.length > 0)
    throw new Fault({
      kind: "conflict",
      reason: `Multiple security_group matches found for name '${name}', use an ID to be more specific.`,
    });
  return group;
}

const membershipNotFound = (sentence: string) =>
  new Fault({ kind: "no-such", what: "attachment", id: sentence });
