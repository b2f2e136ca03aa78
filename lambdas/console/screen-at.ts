import type { Environment } from "../http/environment.ts";
import type { Call } from "../http/operation.ts";
import { bearerFromHeaders, getGrant, tokenFromQuery } from "./check-grant.ts";
import { display } from "./model/display.ts";
import type { Screen } from "./model/screen.ts";

/**
 * What is on the screen of the console that a token opens, now. The token comes as the address has it,
 * or where no log keeps it. (GetItem twice, BatchGetItem)
 */
export async function screenAt(
  { headers, query, now }: Pick<Call<never, undefined>, "headers" | "query" | "now">,
  environment: Environment,
): Promise<Screen> {
  const backend = environment.backend();
  const { grant } = await getGrant(
    bearerFromHeaders(headers) ?? tokenFromQuery(query),
    backend,
    now,
  );
  const { server, stored } = await backend.consoleSessions.getWithServer(
    grant.project,
    grant.server,
    now,
  );
  return display(server, stored?.session.guest ?? null, now);
}
