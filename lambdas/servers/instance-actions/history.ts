import type { History, Servers } from "../../domain/backend.ts";
import { noSuch } from "../../domain/fault.ts";
import type { Caller } from "../../domain/identity.ts";
import { gone, type Instant } from "../../domain/lifecycle.ts";
import { reach } from "../reach.ts";

interface Asking {
  readonly caller: Caller;
  readonly project: string;
  readonly path: { readonly server_id: string };
  readonly microversion: number;
  readonly now: Instant;
}

/** What was done to the server of the path; from 2.21 on also to one that is gone. */
export const historyOf = (asking: Asking, servers: Servers): Promise<History> =>
  reach(asking, servers, async (project, id) => {
    const { microversion, now } = asking;
    const history = await servers.history(project, id, now);
    if (microversion < 21 && gone(history.server.motion, now)) throw noSuch("server", id);
    return history;
  });
