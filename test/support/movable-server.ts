import { projects } from "../../infra/local/accounts.ts";
import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { impliedRoles, type Role, tokenLifetimeMs } from "../../lambdas/identity/model/identity.ts";
import { type CallOptions, startCloud } from "./cloud.ts";
import { microversionHeader } from "./send-request.ts";
import { seedServer, settledServer } from "./servers.ts";

export async function startMovable(vm: VmState = "active", over: Partial<Server> = {}) {
  const cloud = await startCloud();
  const server = await seedServer(cloud.table, settledServer(vm, over));
  const path = `/v2.1/servers/${server.id}`;
  const act = (body: object, n = 1, options: CallOptions = {}) =>
    cloud.call("POST", `${path}/action`, {
      as: "admin",
      body,
      headers: microversionHeader(n),
      ...options,
    });
  const state = async () => {
    const one = (await cloud.call("GET", path, { as: "admin" })).json.server;
    return [one.status, one["OS-EXT-STS:task_state"], one["OS-EXT-SRV-ATTR:host"]];
  };
  const list = async (query = "", n = 80) =>
    (
      await cloud.call("GET", `/v2.1/os-migrations${query}`, {
        as: "admin",
        headers: microversionHeader(n),
      })
    ).json.migrations;
  const down = (host: string, forced_down = true) =>
    cloud.call("PUT", "/v2.1/os-services/force-down", {
      as: "admin",
      headers: microversionHeader(11),
      body: { host, binary: "nova-compute", forced_down },
    });
  const as = (role: Role): Promise<CallOptions> =>
    cloud.environment.tokens
      .issue({
        id: `moves-${role}`,
        user: { id: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021", name: "demo" },
        project: projects.demo,
        roles: impliedRoles(role),
        methods: ["password"],
        issued: cloud.now(),
        expires: cloud.now() + tokenLifetimeMs,
      })
      .then((token) => ({
        as: null,
        headers: { ...microversionHeader(80), "x-auth-token": token },
      }));
  const actions = async () =>
    (await cloud.call("GET", `${path}/os-instance-actions`, { as: "admin" })).json.instanceActions;
  return { ...cloud, server, path, act, state, list, down, as, actions };
}

export const liveMigrate = (host: string | null, more: object = {}) => ({
  "os-migrateLive": { host, block_migration: "auto", ...more },
});
