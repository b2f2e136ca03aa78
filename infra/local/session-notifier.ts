import type { ConsoleGrant } from "../../lambdas/compute/model/console-grant.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { Environment } from "../../lambdas/http/environment.ts";
import type { ByteStream } from "./byte-stream.ts";
import { openConsoleConnection, type ViewerConnection } from "./console-connection.ts";

/** Consoles with viewers connected to this process, by server. */
export function createSessionNotifier(environment: Environment) {
  const open = new Map<string, ReturnType<typeof openConsoleConnection>>();
  let isClosed = false;

  return {
    /** True while another viewer fits. */
    hasRoom: ({ id }: Server): boolean => !isClosed && open.get(id)?.isFull() !== true,
    attach(grant: ConsoleGrant, server: Server, stream: ByteStream): ViewerConnection {
      const { id } = server;
      const connection =
        open.get(id) ?? openConsoleConnection(environment, server, () => open.delete(id));
      open.set(id, connection);
      return connection.watch(grant, stream);
    },
    /** Checks whether a server has changed. */
    look() {
      for (const each of open.values()) each.look();
    },
    /** Ends open consoles and refuses new ones. */
    close() {
      isClosed = true;
      for (const each of open.values()) each.closeAll();
    },
  };
}
