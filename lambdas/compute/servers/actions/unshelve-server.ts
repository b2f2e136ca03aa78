import { Fault, malformed } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import type { World } from "../../../http/environment.ts";
import { operation } from "../../../http/operation.ts";
import { type Caller, holds } from "../../../identity/model/identity.ts";
import { imagesIn } from "../../../image/repositories/images.ts";
import { bindPorts } from "../../../network/repositories/ports.ts";
import { hostNames } from "../../model/host-filters.ts";
import { observe } from "../../model/lifecycle.ts";
import type { Server } from "../../model/server.ts";
import type { Remade } from "../../model/server-changes.ts";
import { zoneAt } from "../../repositories/host-states.ts";
import { hostIdOf, schedule } from "../../scheduling/select-destinations.ts";
import { remake } from "../begin-action.ts";
import { refuseShut } from "../create/requested-destination.ts";
import { dropShelved } from "../shelved-image.ts";

/** nova/api/openstack/compute/schemas/shelve.py; up to 2.76 its value may be anything. */
const named = {
  type: ["object", "null"],
  properties: {
    availability_zone: { type: "string", minLength: 1, maxLength: 255, format: "name" },
  },
  required: ["availability_zone"],
  additionalProperties: false,
} as const;

const placed = {
  type: ["object", "null"],
  properties: { availability_zone: { type: ["string", "null"] }, host: { type: "string" } },
  additionalProperties: false,
} as const;

const body = {
  type: "object",
  properties: { unshelve: { ...placed, versions: { 1: {}, 77: named, 91: placed } } },
  required: ["unshelve"],
  additionalProperties: false,
} as const;

/** It comes back on whatever host there is for it, and the image it was put away as goes (E-41). */
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
  async run(call, world) {
    const { records } = world.backend();
    const { caller, now } = call;
    const asked = call.microversion < 77 ? {} : (call.body.unshelve ?? {});
    const seen: Server[] = [];
    const back = await remake(call, world, "unshelve", (server) => {
      seen.push(server);
      return backIn(server, asked, { caller, now, world });
    });
    if (back.motion.action !== "unshelve") return undefined;
    await dropShelved(records, seen.at(-1)?.shelvedImage ?? null, call);
    await bindPorts(records, back, back.host);
    return undefined;
  },
});

interface Asked {
  /** null unpins it. */
  readonly availability_zone?: string | null;
  readonly host?: string;
}

interface Asking {
  readonly caller: Caller;
  readonly now: Instant;
  readonly world: World;
}

/** nova/compute/api.py:4704, in its order; nova/conductor/manager.py:1016. */
async function backIn(server: Server, asked: Asked, asking: Asking): Promise<Remade> {
  const { now, world } = asking;
  const { id, project, flavor, hints, shelvedImage } = server;
  const { vm } = observe(server.motion, now);
  if (vm !== "shelved_offloaded" && (asked.availability_zone !== undefined || asked.host))
    throw new Fault({
      kind: "conflict",
      reason: `Specifying an availability zone or a host when unshelving server "${id}" with status "${vm}" is not supported. The server status must be SHELVED_OFFLOADED.`,
    });
  const pinnedZone = await zoneAsked(server, asked, asking);
  // one that is still there is started where it is
  if (vm === "shelved") return { changes: { shelvedImage: null } };
  const backend = world.backend();
  if (shelvedImage !== null && !(await imagesIn(backend.records).withId(shelvedImage))) {
    const message = `Unshelve attempted but the image ${shelvedImage} cannot be found.`;
    const fault = { code: 404, message, details: null, created: now };
    return { action: "unshelveFailed", changes: { pinnedZone, fault } };
  }
  const only = asked.host || null;
  const wish = { flavor, zone: pinnedZone, only, except: [], hints, server: id };
  const host = await schedule(backend, wish, now);
  // what was asked for stays so (nova/compute/api.py:4718)
  if (host === null) return { action: "unshelveUnplaced", changes: { pinnedZone } };
  const availabilityZone = await zoneAt(backend.records, host, now);
  const hostId = hostIdOf(project, host);
  return { changes: { pinnedZone, availabilityZone, host, hostId, shelvedImage: null } };
}

/** The zone it is to be in, null for any. */
async function zoneAsked(
  server: Server,
  { availability_zone, host }: Asked,
  { caller, now, world }: Asking,
): Promise<string | null> {
  const { records } = world.backend();
  if (availability_zone) await refuseShut(availability_zone, records, now);
  const wanted = availability_zone === undefined ? server.pinnedZone : availability_zone || null;
  if (!host) return wanted;
  if (!holds(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule: "os_compute_api:os-shelve:unshelve_to_host" });
  if (!hostNames.includes(host)) throw malformed(`Compute host ${host} could not be found.`);
  if (wanted !== null && wanted !== (await zoneAt(records, host, now)))
    throw new Fault({
      kind: "conflict",
      reason: `Host "${host}" is not in the availability zone "${wanted}".`,
    });
  return wanted;
}
