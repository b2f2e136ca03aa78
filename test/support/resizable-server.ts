import { projects } from "../../infra/local/accounts.ts";
import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { type CallOptions, startCloud } from "./cloud.ts";
import { microversionHeader } from "./send-request.ts";
import { seedServer, settledServer } from "./servers.ts";

export async function startResizable(vm: VmState = "active", over: Partial<Server> = {}) {
  const cloud = await startCloud();
  const server = await seedServer(cloud.table, settledServer(vm, over));
  await cloud.servers.reserveQuota(
    projects.demo.id,
    { instances: 1, cores: 1, ram: 512 },
    cloud.now(),
    {
      instances: 10,
      cores: 20,
      ram: 51_200,
    },
  );
  const path = `/v2.1/servers/${server.id}`;
  const act = (body: object, as = "demo", options: CallOptions = {}) =>
    cloud.call("POST", `${path}/action`, { as, body, ...options });
  const shown = async () => (await cloud.call("GET", path, { as: "admin" })).json.server;
  const state = async () => {
    const one = await shown();
    return [
      one.status,
      one["OS-EXT-STS:vm_state"],
      one["OS-EXT-STS:task_state"],
      one["OS-EXT-STS:power_state"],
      one.flavor.id,
      one["OS-EXT-SRV-ATTR:host"],
    ];
  };
  const used = async () => {
    const { absolute } = (await cloud.call("GET", "/v2.1/limits")).json.limits;
    return [absolute.totalInstancesUsed, absolute.totalCoresUsed, absolute.totalRAMUsed];
  };
  const migrations = async () =>
    (
      await cloud.call("GET", "/v2.1/os-migrations", {
        as: "admin",
        headers: microversionHeader(80),
      })
    ).json.migrations;
  return { ...cloud, server, path, act, shown, state, used, migrations };
}

export const resizeTo = (flavorRef: string | number) => ({ resize: { flavorRef } });

export const confirmBody = { confirmResize: null };

export const revertBody = { revertResize: null };

export const smallFlavorId = "2";
