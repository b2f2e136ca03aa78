import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { cloud } from "./cloud.ts";
import { given, resting } from "./servers.ts";

/** A cloud with one server, and what hangs on it. */
export async function withServer(over: Partial<Server> = {}, vm: VmState = "active") {
  const world = await cloud();
  const server = await given(world.table, resting(vm, over));
  const at = `/v2.1/servers/${server.id}`;
  const spoken = (version: string) => ({ "openstack-api-version": `compute ${version}` });
  return {
    ...world,
    server,
    id: server.id,
    /** At a microversion, 2.1 where it does not say. */
    part: (method: string, path: string, body?: unknown, version = "2.1", as = "demo") =>
      world.call(method, `${at}/${path}`, {
        as,
        headers: spoken(version),
        ...(body !== undefined && { body }),
      }),
    act: (body: unknown, as = "demo") => world.call("POST", `${at}/action`, { as, body }),
    async shown(version = "2.1") {
      return (await world.call("GET", at, { headers: spoken(version) })).json.server;
    },
  };
}
