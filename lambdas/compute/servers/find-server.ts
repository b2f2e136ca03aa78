import { Fault, notFound, type ResourceKind } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { isUuid } from "../../core/uuid.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Servers } from "../../ports/backend.ts";
import type { Requester } from "../model/instance-action.ts";
import type { Server } from "../model/server.ts";

/** Characters. */
const maxIdLength = 255;

export interface ServerCall {
  readonly caller: Caller;
  readonly project: string;
  readonly path: { readonly server_id: string };
}

/**
 * Runs `attempt` in the caller's project, for an administrator also in the server's. Accepts an id
 * in capitals (measured, E-32).
 */
export async function withServerProject<Result>(
  { caller, project, path }: ServerCall,
  servers: Servers,
  attempt: (project: string, id: string) => Promise<Result>,
): Promise<Result> {
  const id = isUuid(path.server_id) ? path.server_id.toLowerCase() : path.server_id;
  if (id.length > maxIdLength) throw new Fault({ kind: "no-such", what: "server", id });
  try {
    return await attempt(project, id);
  } catch (cause) {
    const missingKind = notFoundKind(cause);
    const admin = hasRole(caller, "admin");
    if (missingKind === null || (!admin && missingKind !== "cell-mapping")) throw cause;
    const ownerProject = await findOwner(id, servers);
    if (ownerProject === null || ownerProject === project) throw cause;
    // another project's server has a cell mapping (measured on Nova 26.2.2)
    if (!admin) throw notFound("server", id);
    return attempt(ownerProject, id);
  }
}

/**
 * Throws no-such.
 * @calls GetItem
 */
export const getServer = (
  call: ServerCall & { readonly now: Instant },
  servers: Servers,
): Promise<Server> =>
  withServerProject(call, servers, (project, id) => servers.get(project, id, call.now));

const notFoundKind = (cause: unknown): ResourceKind | null =>
  cause instanceof Fault && cause.refusal.kind === "no-such" ? cause.refusal.what : null;

async function findOwner(id: string, servers: Servers): Promise<string | null> {
  try {
    return await servers.getProjectId(id);
  } catch (cause) {
    if (notFoundKind(cause) === null) throw cause;
    return null;
  }
}

export const toRequester = ({
  caller,
  project,
  requestId,
}: Omit<ServerCall, "path"> & { readonly requestId: string }): Requester => ({
  request: requestId,
  user: caller.user.id,
  project,
  canOverrideLock: hasRole(caller, "admin"),
});

/** Checks the right to override locks (nova/compute/api.py, check_instance_lock). */
export function assertUnlocked({ id, lock }: Server, caller: Caller): void {
  if (lock && !hasRole(caller, "admin"))
    throw new Fault({ kind: "conflict", reason: `Instance ${id} is locked` });
}
