import type { ConsoleGrant } from "../../lambdas/compute/model/console-grant.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { Environment } from "../../lambdas/http/environment.ts";
import type { ByteStream } from "./console-pipe.ts";
import { openConsoleConnection, type ViewerConnection } from "./console-watch.ts";

/** The consoles that are looked at over connections of this process, by their servers. */
export function createSessionNotifier(environment: Environment) {
  const open = new Map<string, ReturnType<typeof openConsoleConnection>>();
  let isClosed = false;

  return {
    /** Whether there is room for one more viewer. */
    hasRoom: ({ id }: Server): boolean => !isClosed && open.get(id)?.isFull() !== true,
    attach(grant: ConsoleGrant, server: Server, stream: ByteStream): ViewerConnection {
      const { id } = server;
      const connection =
        open.get(id) ?? openConsoleConnection(environment, server, () => open.delete(id));
      open.set(id, connection);
      return connection.watch(grant, stream);
    },
    /** Something may have been done to a server. */
    look() {
      for (const each of open.values()) each.look();
    },
    /** Ends what is open, and lets nobody in any more. */
    close() {
      isClosed = true;
      for (const each of open.values()) each.closeAll();
    },
  };
}
