import type { ConsoleGrant } from "../../lambdas/compute/model/console-grant.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { World } from "../../lambdas/http/environment.ts";
import type { Pipe } from "./console-pipe.ts";
import { type Attached, watchConsole } from "./console-watch.ts";

/** The consoles that are looked at over connections of this process, by their servers. */
export function consoleHub(world: World) {
  const open = new Map<string, ReturnType<typeof watchConsole>>();
  let isClosed = false;

  return {
    /** Whether there is room for one more viewer. */
    hasRoom: ({ id }: Server): boolean => !isClosed && open.get(id)?.isFull() !== true,
    attach(grant: ConsoleGrant, server: Server, pipe: Pipe): Attached {
      const { id } = server;
      const found = open.get(id) ?? watchConsole(world, server, () => open.delete(id));
      open.set(id, found);
      return found.watch(grant, pipe);
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
