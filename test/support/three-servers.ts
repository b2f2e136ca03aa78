import type { Server } from "../../lambdas/compute/model/server.ts";
import { startCloud, startTime } from "./cloud.ts";
import { microversionHeader } from "./send-request.ts";
import { seedServer, settledServer } from "./servers.ts";

export const minuteMs = 60_000;

export async function startWithThreeServers(over: Record<string, Partial<Server>> = {}) {
  const cloud = await startCloud();
  for (const [index, name] of ["a", "b", "c"].entries()) {
    const one = settledServer("active", { name, hostname: name, ...over[name] });
    const created = startTime - 3_600_000 + index * minuteMs;
    const id = `${created
      .toString(16)
      .padStart(12, "0")
      .replace(/^(.{8})/, "$1-")}${one.id.slice(13)}`;
    await seedServer(cloud.table, { ...one, id, created, updated: created, launched: created });
  }
  async function names(query: string, version = 1, as = "demo") {
    const { status, json } = await cloud.call("GET", `/v2.1/servers?${query}`, {
      as,
      headers: microversionHeader(version),
    });
    return status === 200
      ? json.servers.map(({ name }: Server) => name).join("")
      : [status, Object.values<{ message: string }>(json)[0]?.message];
  }
  return { ...cloud, names };
}
