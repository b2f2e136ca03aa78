import type { Server } from "../../lambdas/compute/model/server.ts";
import { type CallOptions, startCloud } from "./cloud.ts";
import { seedServer, settledServer } from "./servers.ts";

export const consoleRequestBody = { "os-getVNCConsole": { type: "xvpvnc" } } as const;

export const uuid4 = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;

export async function startCloudWithConsole(overrides: Partial<Server> = {}) {
  const cloud = await startCloud();
  const server = await seedServer(cloud.table, settledServer("active", overrides));
  const path = `/servers/${server.id}/action`;
  return {
    ...cloud,
    id: server.id,
    path,
    getConsole: (options: CallOptions = {}) =>
      cloud.call("POST", path, { body: consoleRequestBody, ...options }),
    open: (url: string) => cloud.call("GET", url.slice(cloud.at.length), { as: null }),
  };
}

export async function openSerialConsole() {
  const { at, call, path, id } = await startCloudWithConsole();
  const body = { "os-getSerialConsole": { type: "serial" } };
  const { url } = (await call("POST", path, { body })).json.console;
  return {
    at,
    token: new URL(url).searchParams.get("token") ?? "",
    async log(): Promise<string> {
      const read = await call("POST", path, { body: { "os-getConsoleOutput": {} } });
      return read.json.output;
    },
    remove: () => call("DELETE", `/servers/${id}`),
  };
}
