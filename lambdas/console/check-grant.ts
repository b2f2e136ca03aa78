import type { ConsoleGrant } from "../compute/model/console-grant.ts";
import { isOnHost } from "../compute/model/lifecycle.ts";
import type { Server } from "../compute/model/server.ts";
import { Fault, isNotFound } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import { isUuid } from "../core/uuid.ts";
import type { Backend } from "../ports/backend.ts";

/**
 * The grant of a console token. Throws `unauthenticated` if it is unknown, expired or revoked, or if the
 * server is not on a host. @calls GetItem, GetItem
 */
export async function getGrant(
  token: string,
  { consoleGrants, servers }: Backend,
  now: Instant,
): Promise<{ readonly grant: ConsoleGrant; readonly server: Server }> {
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

/** xvpvnc's URL has `token`, noVNC's has it in `path` (E-33). */
export function tokenFromQuery(query: URLSearchParams): string {
  const inner = new URLSearchParams(query.get("path")?.replace(/^[^?]*\?/, "") ?? "");
  return query.get("token") ?? inner.get("token") ?? "";
}

/** The credential in a header, which logs omit, unlike URLs. */
export const bearerFromHeaders = (
  headers: Readonly<Record<string, string | undefined>>,
): string | null => /^Bearer (\S+)$/i.exec(headers["authorization"] ?? "")?.[1] ?? null;
