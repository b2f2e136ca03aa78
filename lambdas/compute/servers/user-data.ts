import type { ShownServer } from "../../http/responses.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Servers } from "../../ports/backend.ts";
import type { Server } from "../model/server.ts";

interface UserDataCall {
  readonly caller: Caller;
  readonly microversion: number;
}

/** Since 2.3 administrators see the user data. */
export async function withUserData(
  server: Server,
  { caller, microversion }: UserDataCall,
  servers: Servers,
): Promise<ShownServer> {
  if (microversion < 3 || !hasRole(caller, "admin")) return server;
  const { userData = null } = await servers.getBootData(server.project, server.id);
  return { ...server, userData };
}
