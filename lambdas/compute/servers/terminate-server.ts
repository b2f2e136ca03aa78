import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { World } from "../../http/environment.ts";
import { abandon } from "../migrations/finish-migration.ts";
import { heldBy } from "../model/quota.ts";
import type { Server } from "../model/server.ts";
import { remake } from "./begin-action.ts";
import { release } from "./create/allocate-ports.ts";
import { type Reaching, reach, requesterOf } from "./find-server.ts";
import { dropShelved } from "./shelved-image.ts";

type Call = Reaching & { readonly now: Instant; readonly requestId: string };

/**
 * Takes a server away for good, and what is there for it alone; asked again while it goes it says the
 * same. (UpdateItem, GetItem, BatchWriteItem, Query, DeleteItem, PutItem)
 */
export function remove(call: Call, world: World): Promise<void> {
  const { servers, records } = world.backend();
  const { now } = call;
  return reach(call, servers, async (project, id) => {
    const removed = await servers.remove(project, id, now, requesterOf(call));
    if (removed) await dropShelved(records, removed.shelvedImage, call);
    if (removed) await abandon(records, removed, now);
    // also when asked again: the one before may not have come this far
    const { addresses = null, volumes = null } = removed ?? {};
    await release(records, { project, id, addresses, volumes }, now);
  });
}

/**
 * Takes a server away so that it can be brought back, and gives back what it took of the quota; false
 * where that cannot be, since it never came up (nova/api/openstack/compute/servers.py:947). Nobody
 * reclaims it. (GetItem, UpdateItem, PutItem, DeleteItem)
 */
export async function softDelete(call: Call, world: World): Promise<boolean> {
  const { servers, records } = world.backend();
  const { now } = call;
  const already = new Fault({ kind: "raced" });
  const seen: Server[] = [];
  try {
    await remake(call, world, "softDelete", async (server) => {
      if (server.freed) throw already;
      seen.push(server);
      return { changes: { freed: true, before: null, shelvedImage: null } };
    });
  } catch (cause) {
    if (cause === already || isBeingDeleted(cause)) return true;
    if (isUnlaunched(cause)) return false;
    throw cause;
  }
  for (const server of seen.slice(-1)) {
    await servers.letGo(server.project, heldBy(server), now);
    // it is not put away any more, and comes back as it was before (nova/compute/api.py:2500)
    await dropShelved(records, server.shelvedImage, call);
    await abandon(records, server, now);
  }
  return true;
}

const isUnlaunched = (cause: unknown): boolean =>
  cause instanceof Fault &&
  (cause.refusal.kind === "never-launched" ||
    (cause.refusal.kind === "wrong-state" && cause.refusal.attribute === "vm_state"));

export const isBeingDeleted = (cause: unknown): boolean =>
  cause instanceof Fault &&
  cause.refusal.kind === "wrong-state" &&
  cause.refusal.state === "deleting";
