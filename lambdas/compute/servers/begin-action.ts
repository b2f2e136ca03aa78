import type { Environment } from "../../http/environment.ts";
import type { Servers } from "../../ports/backend.ts";
import { type ServerCall, toRequester, withServerProject } from "./find-server.ts";

interface ActionCall extends ServerCall {
  readonly now: number;
  readonly requestId: string;
}

/**
 * Begins an action that changes only the life cycle.
 * @calls UpdateItem, GetItem
 */
export async function transition(
  call: ActionCall,
  environment: Environment,
  action: Parameters<Servers["transition"]>[2],
): Promise<undefined> {
  const { servers } = environment.backend();
  await withServerProject(call, servers, (project, id) =>
    servers.transition(project, id, action, call.now, toRequester(call)),
  );
}

/**
 * Begins an action that also changes fields.
 * @calls GetItem, UpdateItem
 */
export function transitionWith(
  call: ActionCall,
  environment: Environment,
  action: Parameters<Servers["transitionWith"]>[2],
  plan: Parameters<Servers["transitionWith"]>[5],
) {
  const { servers } = environment.backend();
  return withServerProject(call, servers, (project, id) =>
    servers.transitionWith(project, id, action, call.now, toRequester(call), plan),
  );
}
