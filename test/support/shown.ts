import { projects } from "../../infra/local/accounts.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { cloud } from "./cloud.ts";
import { given, resting } from "./servers.ts";

/** A cloud with one active server, and what `GET /v2/{project_id}/servers/{server_id}` shows of it. */
export async function shownServer(over: Partial<Server> = {}) {
  const world = await cloud();
  const { id } = await given(world.table, resting("active", over));
  const path = `/v2/${projects.demo.id}/servers/${id}`;
  return {
    ...world,
    id,
    path,
    /** The `server` of the answer; an administrator sees it through their own project. */
    async show(as: "demo" | "admin" = "demo") {
      const door = as === "admin" ? `/v2/${projects.admin.id}/servers/${id}` : path;
      const { status, json } = await world.call("GET", door, { as });
      return status === 200 ? json.server : { status, ...json };
    },
    act: (body: unknown) => world.call("POST", `${path}/action`, { body }),
  };
}
