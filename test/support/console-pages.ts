import { startCloudWithConsole } from "./console-requests.ts";

export const withoutToken = { as: null } as const;

export async function startWithConsolePages(over = {}) {
  const cloud = await startCloudWithConsole(over);
  const get = async (body: object): Promise<string> => {
    const { url } = (await cloud.getConsole({ body })).json.console;
    return new URL(url).search;
  };
  return {
    ...cloud,
    novnc: await get({ "os-getVNCConsole": { type: "novnc" } }),
    xvpvnc: await get({ "os-getVNCConsole": { type: "xvpvnc" } }),
    serial: await get({ "os-getSerialConsole": { type: "serial" } }),
  };
}
