import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { startCloud } from "./cloud.ts";
import { seedServer, settledServer } from "./servers.ts";

export async function startWithServer(overrides: Partial<Server> = {}, vm: VmState = "active") {
  const cloud = await startCloud();
  const server = await seedServer(cloud.table, settledServer(vm, overrides));
  const serverPath = `/v2.1/servers/${server.id}`;
  const versionHeaders = (version: string) => ({ "openstack-api-version": `compute ${version}` });
  return {
    ...cloud,
    server,
    id: server.id,
    part: (method: string, path: string, body?: unknown, version = "2.1", as = "demo") =>
      cloud.call(method, `${serverPath}/${path}`, {
        as,
        headers: versionHeaders(version),
        ...(body !== undefined && { body }),
      }),
    act: (body: unknown, as = "demo") => cloud.call("POST", `${serverPath}/action`, { as, body }),
    async shown(version = "2.1") {
      return (await cloud.call("GET", serverPath, { headers: versionHeaders(version) })).json
        .server;
    },
  };
}
