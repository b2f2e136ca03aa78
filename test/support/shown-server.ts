import { projects } from "../../infra/local/accounts.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { startCloud } from "./cloud.ts";
import { seedServer, settledServer } from "./servers.ts";

export async function startShownServer(overrides: Partial<Server> = {}) {
  const cloud = await startCloud();
  const { id } = await seedServer(cloud.table, settledServer("active", overrides));
  const path = `/v2/${projects.demo.id}/servers/${id}`;
  return {
    ...cloud,
    id,
    path,
    /** The `server` member; administrators use their own project's path. */
    async show(as: "demo" | "admin" = "demo") {
      const url = as === "admin" ? `/v2/${projects.admin.id}/servers/${id}` : path;
      const { status, json } = await cloud.call("GET", url, { as });
      return status === 200 ? json.server : { status, ...json };
    },
    act: (body: unknown) => cloud.call("POST", `${path}/action`, { body }),
  };
}
