import type { Environment } from "../http/environment.ts";
import type { Call } from "../http/operation.ts";
import { bearerFromHeaders, getGrant, tokenFromQuery } from "./check-grant.ts";
import { display } from "./model/display.ts";
import type { Screen } from "./model/screen.ts";

/** The console's screen; the token is in the header or the URL. @calls GetItem, GetItem, BatchGetItem */
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
