import { cloudWithConsole } from "./consoles.ts";
import { exchanger, post, type Sent } from "./exchange.ts";

/** A cloud with a server, and viewers for its console. */
export async function withViewers(type: "novnc" | "xvpvnc" | "serial" = "xvpvnc") {
  const world = await cloudWithConsole();
  const body =
    type === "serial" ? { "os-getSerialConsole": { type } } : { "os-getVNCConsole": { type } };
  async function token(as = "demo", at = world.path) {
    const { json } = await world.call("POST", at, { as, body });
    const url = new URL(json.console.url);
    const inner = url.searchParams.get("path")?.replace("?", "") ?? "";
    return (url.searchParams.get("token") ?? new URLSearchParams(inner).get("token")) as string;
  }
  return {
    ...world,
    token,
    viewer: async (as = "demo") => exchanger(world.at, await token(as)),
    post: (sent: Sent) => post(world.at, sent),
    /** What the console's log has. */
    log: async () => {
      const asked = { as: "admin", body: { "os-getConsoleOutput": {} } };
      return (await world.call("POST", world.path, asked)).json.output as string;
    },
  };
}
