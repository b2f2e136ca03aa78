import { projects } from "../../infra/local/accounts.ts";
import { flavorWith } from "../../lambdas/domain/flavor.ts";
import { images } from "../../lambdas/domain/image.ts";
import type { VmState } from "../../lambdas/domain/lifecycle.ts";
import type { Server } from "../../lambdas/domain/server.ts";
import { uuid7 } from "../../lambdas/domain/uuid.ts";
import { addServers } from "../../lambdas/store/server-create.ts";
import type { Table } from "../../lambdas/store/table.ts";
import { start } from "./cloud.ts";

/** A server of the project demo that came to rest in `vm` an hour before the world began. */
export function resting(vm: VmState, over: Partial<Server> = {}): Server {
  const born = start - 3_600_000;
  const image = images[0];
  if (!image) throw new Error("no image");
  return {
    id: uuid7(born, crypto.getRandomValues(new Uint8Array(10))),
    project: projects.demo.id,
    user: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021",
    name: "web-1",
    motion: { action: "create", from: "building", to: vm, due: born + 1_000 },
    created: born,
    updated: born,
    launched: born + 1_000,
    flavor: flavorWith("1") ?? null,
    image: { id: image.id, name: image.name },
    addresses: [
      { network: "private", addr: "10.0.0.4", version: 4, mac: "fa:16:3e:00:00:04", type: "fixed" },
    ],
    publicIPv4: "198.18.0.4",
    accessIPv4: "",
    accessIPv6: "",
    diskConfig: "MANUAL",
    metadata: {},
    keyName: null,
    configDrive: false,
    availabilityZone: "nova",
    securityGroups: ["default"],
    host: "novaless-1",
    hostId: "a".repeat(56),
    reservation: "r-test0000",
    hints: {},
    consoleEpoch: 0,
    ...over,
  };
}

/** Puts a server there as if it had been created. */
export async function given(table: Table, server: Server): Promise<Server> {
  await addServers(table, [server], {});
  return server;
}
