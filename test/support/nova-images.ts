import { type CallOptions, startCloud } from "./cloud.ts";
import { seedServer, settledServer } from "./servers.ts";

export const computeVersion = (minor: number): CallOptions => ({
  headers: { "openstack-api-version": `compute 2.${minor}` },
});

export async function startWithNovaImages(vm: "active" | "stopped" | "error" = "active") {
  const clouded = await startCloud();
  const { call, table } = clouded;
  const server = await seedServer(table, settledServer(vm));
  return {
    ...clouded,
    server,
    snap: (body: object = { name: "snap" }, options: CallOptions = {}) =>
      call("POST", `/v2.1/servers/${server.id}/action`, {
        ...options,
        body: { createImage: body },
      }),
    task: async () =>
      (await call("GET", `/v2.1/servers/${server.id}`)).json.server["OS-EXT-STS:task_state"],
    image: async (id: string) => (await call("GET", `/image/v2/images/${id}`)).json,
  };
}
