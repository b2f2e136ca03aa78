import { Fault, notFound, type ResourceKind } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { isUuid } from "../../core/uuid.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Servers } from "../../ports/backend.ts";
import type { Requester } from "../model/instance-action.ts";
import type { Server } from "../model/server.ts";

/** Longer than any id there is, and than a key may be. */
const maxIdLength = 255;

export interface ServerCall {
  readonly caller: Caller;
  readonly project: string;
  readonly path: { readonly server_id: string };
}

/**
 * Does something to the server of the path in the caller's project; for an administrator, in whatever
 * project it is. Nova finds an id in capitals too (measured, E-32).
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
    // one that is another project's has a cell: it is only not to be found (measured on Nova 26.2.2)
    if (!admin) throw notFound("server", id);
    return attempt(ownerProject, id);
  }
}

/** The server of the path, for those who may see it. (GetItem) */
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

/** Who a call's request is from, as the server's log has it. */
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

/** What only those may do to it who may do it over somebody's lock (nova/compute/api.py check_instance_lock). */
export function assertUnlocked({ id, lock }: Server, caller: Caller): void {
  if (lock && !hasRole(caller, "admin"))
    throw new Fault({ kind: "conflict", reason: `Instance ${id} is locked` });
}
