import type { World } from "../http/environment.ts";
import type { Call } from "../http/operation.ts";
import { admitted, bearerIn, tokenIn } from "./check-grant.ts";
import { display } from "./model/display.ts";
import type { Screen } from "./model/screen.ts";

/**
 * What is on the screen of the console that a token opens, now. The token comes as the address has it,
 * or where no log keeps it. (GetItem twice, BatchGetItem)
 */
export async function screenSeen(
  { headers, query, now }: Pick<Call<never, undefined>, "headers" | "query" | "now">,
  world: World,
): Promise<Screen> {
  const backend = world.backend();
  const { grant } = await admitted(bearerIn(headers) ?? tokenIn(query), backend, now);
  const { server, kept } = await backend.rooms.enter(grant.project, grant.server, now);
  return display(server, kept?.room.guest ?? null, now);
}
