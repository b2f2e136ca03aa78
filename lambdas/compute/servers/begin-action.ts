import type { Environment } from "../../http/environment.ts";
import type { Servers } from "../../ports/backend.ts";
import { type ServerCall, toRequester, withServerProject } from "./find-server.ts";

type BegunAction = Parameters<Servers["transition"]>[2];

interface ActionCall extends ServerCall {
  readonly now: number;
  readonly requestId: string;
}

/**
 * Begins the action of an operation's `begins`, which changes only the life cycle.
 * @calls UpdateItem, GetItem
 */
export const beginTransition = (
  call: ActionCall,
  environment: Environment,
  { begins }: { readonly begins: BegunAction },
): Promise<undefined> => transition(call, environment, begins);

/**
 * Begins an action that changes only the life cycle.
 * @calls UpdateItem, GetItem
 */
export async function transition(
  call: ActionCall,
  environment: Environment,
  action: BegunAction,
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
  action: BegunAction,
  plan: Parameters<Servers["transitionWith"]>[5],
) {
  const { servers } = environment.backend();
  return withServerProject(call, servers, (project, id) =>
    servers.transitionWith(project, id, action, call.now, toRequester(call), plan),
  );
}
