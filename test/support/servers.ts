import { restingServer } from "../../infra/local/resting.ts";
import type { VmState } from "../../lambdas/domain/lifecycle.ts";
import type { Server } from "../../lambdas/domain/server.ts";
import { addServers } from "../../lambdas/store/server-create.ts";
import type { Table } from "../../lambdas/store/table.ts";
import { start } from "./cloud.ts";

/** A server of the project demo that came to rest in `vm` an hour before the world began. */
export const resting = (vm: VmState, over: Partial<Server> = {}): Server =>
  restingServer(vm, start - 3_600_000, over);

/** Puts a server there as if it had been created. */
export async function given(table: Table, server: Server): Promise<Server> {
  await addServers(table, [server], {});
  return server;
}
