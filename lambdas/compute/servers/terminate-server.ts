import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Environment } from "../../http/environment.ts";
import { cancelMigration } from "../migrations/finish-migration.ts";
import { reservedBy } from "../model/quota.ts";
import type { Server } from "../model/server.ts";
import { transitionWith } from "./begin-action.ts";
import { type ServerCall, toRequester, withServerProject } from "./find-server.ts";
import { releaseServerResources } from "./release-resources.ts";
import { deleteShelvedImage } from "./shelved-image.ts";

type DeleteCall = ServerCall & { readonly now: Instant; readonly requestId: string };

/**
 * Deletes a server and all it owns; succeeds again during the delete.
 * @calls UpdateItem, GetItem, BatchWriteItem, Query, DeleteItem, PutItem
 */
export function terminateServer(call: DeleteCall, environment: Environment): Promise<void> {
  const { servers, records } = environment.backend();
  const { now } = call;
  return withServerProject(call, servers, async (project, id) => {
    const removed = await servers.remove(project, id, now, toRequester(call));
    if (removed) await deleteShelvedImage(records, removed, call);
    if (removed) await cancelMigration(records, removed, now);
    // the first request may have stopped halfway
    const { volumes = null } = removed ?? {};
    await releaseServerResources(records, { project, id, volumes }, now);
  });
}

/**
 * Releases the quota; false if never launched (nova/api/openstack/compute/servers.py:947). Nothing
 * reclaims the server later.
 * @calls GetItem, UpdateItem, PutItem, DeleteItem
 */
export async function softDeleteServer(
  call: DeleteCall,
  environment: Environment,
): Promise<boolean> {
  const { servers, records } = environment.backend();
  const { now } = call;
  const alreadyDeleted = new Fault({ kind: "raced" });
  const seenServers: Server[] = [];
  try {
    await transitionWith(call, environment, "softDelete", async (server) => {
      if (server.freed) throw alreadyDeleted;
      seenServers.push(server);
      return { changes: { freed: true, before: null, shelvedImage: null } };
    });
  } catch (cause) {
    if (cause === alreadyDeleted || isBeingDeleted(cause)) return true;
    if (isNeverLaunched(cause)) return false;
    throw cause;
  }
  for (const server of seenServers.slice(-1)) {
    await servers.releaseQuota(server.project, reservedBy(server), now);
    // a restored server is no longer shelved (nova/compute/api.py:2500)
    await deleteShelvedImage(records, server, call);
    await cancelMigration(records, server, now);
  }
  return true;
}

const isNeverLaunched = (cause: unknown): boolean =>
  cause instanceof Fault &&
  (cause.refusal.kind === "never-launched" ||
    (cause.refusal.kind === "wrong-state" && cause.refusal.attribute === "vm_state"));

export const isBeingDeleted = (cause: unknown): boolean =>
  cause instanceof Fault &&
  cause.refusal.kind === "wrong-state" &&
  cause.refusal.state === "deleting";
