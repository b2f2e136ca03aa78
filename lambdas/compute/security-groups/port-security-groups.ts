import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Port } from "../../network/model/port.ts";
import type { SecurityGroup } from "../../network/model/security-group.ts";
import { rewire } from "../../network/repositories/network-info.ts";
import { portsIn, portsOn } from "../../network/repositories/ports.ts";
import { groupsIn } from "../../network/repositories/security-groups.ts";
import type { Backend } from "../../ports/backend.ts";
import type { Records } from "../../ports/records.ts";
import type { Server } from "../model/server.ts";

/** nova/api/openstack/compute/schemas/security_groups.py: the name may be an id. */
export const named = {
  type: "object",
  properties: { name: { type: "string", minLength: 1 } },
  required: ["name"],
  additionalProperties: false,
} as const;

/** Says of each port of a server in which groups it is, and then of the server. */
export async function regroup(
  backend: Backend,
  { project, id }: Server,
  {
    name,
    now,
    to,
  }: { name: string; now: Instant; to: (was: readonly string[], group: string) => string[] | null },
): Promise<void> {
  const { records } = backend;
  const group = await groupNamed(records, project, name);
  const ports = await portsOn(records, project, id);
  if (ports.length === 0)
    throw missing(`instance_id ${id} could not be found as device id on any ports`);
  const fitting = ports.filter(({ security_groups }) => to(security_groups, group.id) !== null);
  if (fitting.length === 0)
    throw missing(`Security group ${name} not associated with the instance ${id}`);
  const change = (was: Port): Port => ({
    ...was,
    security_groups: to(was.security_groups, group.id) ?? was.security_groups,
    updated: now,
    revision: was.revision + 1,
  });
  await Promise.all(fitting.map((port) => portsIn(records).change(port, change)));
  await rewire(backend, fitting[0] ?? null);
}

async function groupNamed(records: Records, project: string, name: string): Promise<SecurityGroup> {
  const all = await groupsIn(records).all({ project, everywhere: false });
  const byId = all.find(({ id }) => id === name);
  const [group, ...more] = byId ? [byId] : all.filter((one) => one.name === name);
  if (!group) throw missing(`Security group ${name} is not found for project ${project}`);
  if (more.length > 0)
    throw new Fault({
      kind: "conflict",
      reason: `Multiple security_group matches found for name '${name}', use an ID to be more specific.`,
    });
  return group;
}

/** The whole sentence is Nova's own. */
const missing = (sentence: string) =>
  new Fault({ kind: "no-such", what: "attachment", id: sentence });
