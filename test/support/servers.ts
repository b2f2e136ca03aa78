import { projects } from "../../infra/local/accounts.ts";
import { sampleServer } from "../../infra/local/sample-server.ts";
import { insertServers } from "../../lambdas/compute/database/create-servers.ts";
import type { AttachedVolume } from "../../lambdas/compute/model/attached-volume.ts";
import type { Requester } from "../../lambdas/compute/model/instance-action.ts";
import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { Table } from "../../lambdas/database/table.ts";
import { startTime } from "./cloud.ts";

/** A server of demo that reached `vm` an hour before the clock's start. */
export const settledServer = (vm: VmState, overrides: Partial<Server> = {}): Server =>
  sampleServer(vm, startTime - 3_600_000, overrides);

export const requester: Requester = {
  request: "req-8e9b21c1-0f6a-4c5e-9d0b-2f3a4b5c6d7e",
  user: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021",
  project: projects.demo.id,
};

export async function seedServer(table: Table, server: Server): Promise<Server> {
  await insertServers(table, [server]);
  return server;
}

export const rootVolume = (id: string): AttachedVolume => ({
  id,
  attachment: "6b1a1f4e-6a1c-4a5e-9a0e-0c0f3a0c7f11",
  mapping: "6b1a1f4e-6a1c-4a5e-9a0e-0c0f3a0c7f12",
  device: "/dev/vda",
  tag: null,
  deleteOnTermination: false,
  root: true,
});
