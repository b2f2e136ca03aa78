import { startCloudWithConsole } from "./console-requests.ts";
import { type ExchangeRequest, exchangeViewer, postExchange } from "./exchange-viewer.ts";

export async function startWithViewers(type: "novnc" | "xvpvnc" | "serial" = "xvpvnc") {
  const cloud = await startCloudWithConsole();
  const body =
    type === "serial" ? { "os-getSerialConsole": { type } } : { "os-getVNCConsole": { type } };
  async function token(as = "demo", path = cloud.path) {
    const { json } = await cloud.call("POST", path, { as, body });
    const url = new URL(json.console.url);
    const inner = url.searchParams.get("path")?.replace("?", "") ?? "";
    return (url.searchParams.get("token") ?? new URLSearchParams(inner).get("token")) as string;
  }
  return {
    ...cloud,
    token,
    viewer: async (as = "demo") => exchangeViewer(cloud.at, await token(as)),
    post: (sent: ExchangeRequest) => postExchange(cloud.at, sent),
    log: async () => {
      const options = { as: "admin", body: { "os-getConsoleOutput": {} } };
      return (await cloud.call("POST", cloud.path, options)).json.output as string;
    },
  };
}
