import type { ConsoleGrant } from "../compute/model/console-grant.ts";
import { isOnHost } from "../compute/model/lifecycle.ts";
import type { Server } from "../compute/model/server.ts";
import { Fault, isNotFound } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import { isUuid } from "../core/uuid.ts";
import type { Backend } from "../ports/backend.ts";

/**
 * What a console's token opens now. One that was never issued, has run out or was revoked, by the
 * server's epoch or its end, is `unauthenticated` all the same; so is one of a server that has left its
 * host, where nothing listens any more. (GetItem twice)
 */
export async function getGrant(
  token: string,
  { consoleGrants, servers }: Backend,
  now: Instant,
): Promise<{ readonly grant: ConsoleGrant; readonly server: Server }> {
  // whatever is no token is not looked up
  const grant = isUuid(token) ? await consoleGrants.find(token, now) : null;
  if (!grant) throw new Fault({ kind: "unauthenticated" });
  try {
    const server = await servers.get(grant.project, grant.server, now);
    if (server.consoleEpoch === grant.epoch && isOnHost(server, now)) return { grant, server };
  } catch (cause) {
    if (!isNotFound(cause, "server")) throw cause;
  }
  throw new Fault({ kind: "unauthenticated" });
}

/** xvpvnc's address has it in the query; novnc's in the `path` that noVNC is to ask for (E-33). */
export function tokenFromQuery(query: URLSearchParams): string {
  const inner = new URLSearchParams(query.get("path")?.replace(/^[^?]*\?/, "") ?? "");
  return query.get("token") ?? inner.get("token") ?? "";
}

/** What a viewer shows where no log keeps it, as addresses are kept; null where it shows nothing. */
export const bearerFromHeaders = (
  headers: Readonly<Record<string, string | undefined>>,
): string | null => /^Bearer (\S+)$/i.exec(headers["authorization"] ?? "")?.[1] ?? null;
