import { badRequest, Fault } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import type { Environment } from "../../../http/environment.ts";
import { operation } from "../../../http/operation.ts";
import { type Caller, hasRole } from "../../../identity/model/identity.ts";
import { imagesIn } from "../../../image/repositories/images.ts";
import { bindPorts } from "../../../network/repositories/ports.ts";
import { hostNames } from "../../model/host-filters.ts";
import { observe } from "../../model/lifecycle.ts";
import type { Server } from "../../model/server.ts";
import type { PlannedChange } from "../../model/server-changes.ts";
import { getHostZone } from "../../repositories/host-states.ts";
import { generateHostId, selectDestination } from "../../scheduling/select-destinations.ts";
import { transitionWith } from "../begin-action.ts";
import { assertZoneAvailable } from "../create/requested-destination.ts";
import { deleteShelvedImage } from "../shelved-image.ts";

/** nova/api/openstack/compute/schemas/shelve.py; any value up to 2.76. */
const zoneField = {
  type: ["object", "null"],
  properties: {
    availability_zone: { type: "string", minLength: 1, maxLength: 255, format: "name" },
  },
  required: ["availability_zone"],
  additionalProperties: false,
} as const;

const destinationField = {
  type: ["object", "null"],
  properties: { availability_zone: { type: ["string", "null"] }, host: { type: "string" } },
  additionalProperties: false,
} as const;

const body = {
  type: "object",
  properties: {
    unshelve: { ...destinationField, versions: { 1: {}, 77: zoneField, 91: destinationField } },
  },
  required: ["unshelve"],
  additionalProperties: false,
} as const;

/** Schedules anew and deletes the shelved image (E-41). */
export const unshelveServer = operation({
  id: "compute/unshelve-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "unshelve",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-shelve:unshelve", role: "member" },
  dynamoCalls: ["GetItem", "UpdateItem", "DeleteItem", "Query", "PutItem"],
  answer: "accepted",
  body,
  async run(call, environment) {
    const { records } = environment.backend();
    const { caller, now } = call;
    const request = call.microversion < 77 ? {} : (call.body.unshelve ?? {});
    const seenServers: Server[] = [];
    const unshelved = await transitionWith(call, environment, "unshelve", (server) => {
      seenServers.push(server);
      return planUnshelve(server, request, { caller, now, environment });
    });
    if (unshelved.motion.action !== "unshelve") return undefined;
    for (const server of seenServers.slice(-1)) await deleteShelvedImage(records, server, call);
    await bindPorts(records, unshelved, unshelved.host);
    return undefined;
  },
});

interface UnshelveRequest {
  /** null removes the pin. */
  readonly availability_zone?: string | null;
  readonly host?: string;
}

interface UnshelveContext {
  readonly caller: Caller;
  readonly now: Instant;
  readonly environment: Environment;
}

/** Checks in the order of nova/compute/api.py:4704 and nova/conductor/manager.py:1016. */
async function planUnshelve(
  server: Server,
  request: UnshelveRequest,
  context: UnshelveContext,
): Promise<PlannedChange> {
  const { now, environment } = context;
  const { id, project, flavor, hints, shelvedImage } = server;
  const { vm } = observe(server.motion, now);
  if (vm !== "shelved_offloaded" && (request.availability_zone !== undefined || request.host))
    throw new Fault({
      kind: "conflict",
      reason: `Specifying an availability zone or a host when unshelving server "${id}" with status "${vm}" is not supported. The server status must be SHELVED_OFFLOADED.`,
    });
  const pinnedZone = await resolveZone(server, request, context);
  // still on its host
  if (vm === "shelved") return { changes: { shelvedImage: null } };
  const backend = environment.backend();
  if (shelvedImage !== null && !(await imagesIn(backend.records).findById(shelvedImage))) {
    const message = `Unshelve attempted but the image ${shelvedImage} cannot be found.`;
    const fault = { code: 404, message, details: null, created: now };
    return { action: "unshelveFailed", changes: { pinnedZone, fault } };
  }
  const requestedDestination = request.host || null;
  const spec = {
    flavor,
    zone: pinnedZone,
    requestedDestination,
    ignoreHosts: [],
    hints,
    server: id,
  };
  const host = await selectDestination(backend, spec, now);
  // Nova keeps the zone (nova/compute/api.py:4718)
  if (host === null) return { action: "unshelveUnplaced", changes: { pinnedZone } };
  const availabilityZone = await getHostZone(backend.records, host, now);
  const hostId = generateHostId(project, host);
  return { changes: { pinnedZone, availabilityZone, host, hostId, shelvedImage: null } };
}

/** null for any zone. */
async function resolveZone(
  server: Server,
  { availability_zone, host }: UnshelveRequest,
  { caller, now, environment }: UnshelveContext,
): Promise<string | null> {
  const { records } = environment.backend();
  if (availability_zone) await assertZoneAvailable(availability_zone, records, now);
  const zone = availability_zone === undefined ? server.pinnedZone : availability_zone || null;
  if (!host) return zone;
  if (!hasRole(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule: "os_compute_api:os-shelve:unshelve_to_host" });
  if (!hostNames.includes(host)) throw badRequest(`Compute host ${host} could not be found.`);
  if (zone !== null && zone !== (await getHostZone(records, host, now)))
    throw new Fault({
      kind: "conflict",
      reason: `Host "${host}" is not in the availability zone "${zone}".`,
    });
  return zone;
}
