import type { Server } from "../../lambdas/compute/model/server.ts";
import { type CallOptions, startCloud } from "./cloud.ts";
import { seedServer, settledServer } from "./servers.ts";

/** The body of the sample request of documents S1 and S2. */
export const consoleRequestBody = { "os-getVNCConsole": { type: "xvpvnc" } } as const;

/** A version 4 UUID, as consoles' tokens and requests are named. */
export const uuid4 = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;

/** A cloud with one active server, and the question documents S1 and S2 are about. */
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
    /** Opens an address as a browser does: with no credentials but the address. */
    open: (url: string) => cloud.call("GET", url.slice(cloud.at.length), { as: null }),
  };
}

/** A serial console, for a viewer that is to open it itself. */
export async function openSerialConsole() {
  const { at, call, path, id } = await startCloudWithConsole();
  const body = { "os-getSerialConsole": { type: "serial" } };
  const { url } = (await call("POST", path, { body })).json.console;
  return {
    at,
    token: new URL(url).searchParams.get("token") ?? "",
    /** What `os-getConsoleOutput` says. */
    async log(): Promise<string> {
      const read = await call("POST", path, { body: { "os-getConsoleOutput": {} } });
      return read.json.output;
    },
    remove: () => call("DELETE", `/servers/${id}`),
  };
}
