import { expect } from "vitest";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { startCloud } from "./cloud.ts";
import { requester, seedServer, settledServer } from "./servers.ts";

export const image = seedImages[0]?.id;

export async function startWithFaults() {
  const cloud = await startCloud();
  const { call, table, servers, now } = cloud;
  const boot = async (metadata: Record<string, string>, over: object = {}) => {
    const server = { name: "web", imageRef: image, flavorRef: "1", metadata, ...over };
    const reply = await call("POST", "/v2.1/servers", { body: { server } });
    expect([reply.status, reply.text]).toEqual([202, expect.anything()]);
    return reply.json.server.id as string;
  };
  const shown = async (id: string, as = "demo") =>
    (await call("GET", `/v2.1/servers/${id}`, { as })).json.server;
  const events = async (id: string) => {
    const at = `/v2.1/servers/${id}/os-instance-actions`;
    const { instanceActions: all } = (await call("GET", at, { as: "admin" })).json;
    const one = await call("GET", `${at}/${all[0].request_id}`, { as: "admin" });
    return { ...all[0], ...one.json.instanceAction };
  };
  async function resized(over: Partial<Server>) {
    const server = await seedServer(table, settledServer("active", over));
    let undone = 0;
    const compensate = async () => void undone++;
    const flavor = { id: "2", name: "m1.small", vcpus: 1, ram: 2_048, disk: 20 };
    const before = {
      flavor: server.flavor,
      host: server.host,
      hostId: server.hostId,
      until: now(),
      migration: 1,
    };
    await servers.transitionWith(
      server.project,
      server.id,
      "resize",
      now(),
      requester,
      async () => ({
        changes: { flavor, before, host: "novaless-2" },
        compensate,
      }),
    );
    return { server, undone };
  }
  return { ...cloud, boot, shown, events, resized };
}
