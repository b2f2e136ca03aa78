import { notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Caller } from "../../identity/model/identity.ts";
import type { History, Servers } from "../../ports/backend.ts";
import { isDeleted } from "../model/lifecycle.ts";
import { withServerProject } from "../servers/find-server.ts";

interface HistoryCall {
  readonly caller: Caller;
  readonly project: string;
  readonly path: { readonly server_id: string };
  readonly microversion: number;
  readonly now: Instant;
}

/** Since 2.21 also of a deleted server. */
export const getHistory = (call: HistoryCall, servers: Servers): Promise<History> =>
  withServerProject(call, servers, async (project, id) => {
    const { microversion, now } = call;
    const history = await servers.getHistory(project, id, now);
    if (microversion < 21 && isDeleted(history.server.motion, now)) throw notFound("server", id);
    return history;
  });
