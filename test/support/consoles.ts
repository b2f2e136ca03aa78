import type { Server } from "../../lambdas/compute/model/server.ts";
import { type Asked, cloud } from "./cloud.ts";
import { given, resting } from "./servers.ts";

/** The body of the sample request of documents S1 and S2. */
export const askForConsole = { "os-getVNCConsole": { type: "xvpvnc" } } as const;

/** A version 4 UUID, as consoles' tokens and requests are named. */
export const uuid4 = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;

/** A cloud with one active server, and the question documents S1 and S2 are about. */
export async function cloudWithConsole(over: Partial<Server> = {}) {
  const world = await cloud();
  const server = await given(world.table, resting("active", over));
  const path = `/servers/${server.id}/action`;
  return {
    ...world,
    id: server.id,
    path,
    getConsole: (asked: Asked = {}) => world.call("POST", path, { body: askForConsole, ...asked }),
    /** Opens an address as a browser does: with no credentials but the address. */
    open: (url: string) => world.call("GET", url.slice(world.at.length), { as: null }),
  };
}

/** A serial console, for a viewer that is to open it itself. */
export async function serialConsole() {
  const { at, call, path, id } = await cloudWithConsole();
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
