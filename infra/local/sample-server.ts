import { seedFlavors } from "../../lambdas/compute/model/flavor.ts";
import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import { newServer, type Server } from "../../lambdas/compute/model/server.ts";
import type { Instant } from "../../lambdas/core/instant.ts";
import { uuid7 } from "../../lambdas/core/uuid.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { accounts, projects } from "./accounts.ts";

/** A server of project demo, created at `born` and settled in state `vm` a second later. */
export function sampleServer(
  vm: VmState,
  createdAt: Instant,
  overrides: Partial<Server> = {},
): Server {
  const [image] = seedImages;
  const [flavor] = seedFlavors;
  const owner = accounts.find(({ name }) => name === "demo");
  if (!image || !owner) throw new Error("the image or the account demo is missing");
  return newServer({
    id: uuid7(createdAt, crypto.getRandomValues(new Uint8Array(10))),
    project: projects.demo.id,
    user: owner.id,
    name: "web-1",
    description: overrides.name ?? "web-1",
    hostname: overrides.name ?? "web-1",
    motion: { action: "create", from: "building", to: vm, due: createdAt + 1_000 },
    created: createdAt,
    updated: createdAt,
    launched: createdAt + 1_000,
    flavor: flavor ?? null,
    image: { id: image.id, name: image.name ?? "" },
    addresses: [
      { network: "private", addr: "10.0.0.4", version: 4, mac: "fa:16:3e:00:00:04", type: "fixed" },
    ],
    publicIPv4: "198.18.0.4",
    securityGroups: ["default"],
    host: "novaless-1",
    hostId: "a".repeat(56),
    reservation: "r-test0000",
    ...overrides,
  });
}
