import type { World } from "../../http/environment.ts";
import type { Servers } from "../../ports/backend.ts";
import { type ServerCall, toRequester, withServerProject } from "./find-server.ts";

interface ActionCall extends ServerCall {
  readonly now: number;
  readonly requestId: string;
}

/** Begins an action that makes nothing of the server but what the table says. (UpdateItem, GetItem) */
export async function transition(
  call: ActionCall,
  environment: World,
  action: Parameters<Servers["act"]>[2],
): Promise<undefined> {
  const { servers } = environment.backend();
  await withServerProject(call, servers, (project, id) =>
    servers.act(project, id, action, call.now, toRequester(call)),
  );
}

/** Likewise one that makes something else of it, and what that is then. (GetItem, UpdateItem) */
export function transitionWith(
  call: ActionCall,
  environment: World,
  action: Parameters<Servers["remake"]>[2],
  plan: Parameters<Servers["remake"]>[5],
) {
  const { servers } = environment.backend();
  return withServerProject(call, servers, (project, id) =>
    servers.remake(project, id, action, call.now, toRequester(call), plan),
  );
}
