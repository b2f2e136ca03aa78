import type { World } from "../../http/environment.ts";
import type { Servers } from "../../ports/backend.ts";
import { type Reaching, reach, requesterOf } from "./find-server.ts";

interface Asking extends Reaching {
  readonly now: number;
  readonly requestId: string;
}

/** Begins an action that makes nothing of the server but what the table says. (UpdateItem, GetItem) */
export async function act(
  call: Asking,
  world: World,
  action: Parameters<Servers["act"]>[2],
): Promise<undefined> {
  const { servers } = world.backend();
  await reach(call, servers, (project, id) =>
    servers.act(project, id, action, call.now, requesterOf(call)),
  );
}

/** Likewise one that makes something else of it, and what that is then. (GetItem, UpdateItem) */
export function remake(
  call: Asking,
  world: World,
  action: Parameters<Servers["remake"]>[2],
  to: Parameters<Servers["remake"]>[5],
) {
  const { servers } = world.backend();
  return reach(call, servers, (project, id) =>
    servers.remake(project, id, action, call.now, requesterOf(call), to),
  );
}
