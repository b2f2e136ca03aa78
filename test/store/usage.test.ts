import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { quota } from "../../lambdas/compute/model/quota.ts";
import { backendOn } from "../../lambdas/deployed/backend.ts";
import type { Backend } from "../../lambdas/ports/backend.ts";
import { freshTable, start } from "../support/cloud.ts";
import { requester, resting } from "../support/servers.ts";

const { id: project } = projects.demo;

const create = ({ servers }: Backend, now: number, count = 1) =>
  servers.create({
    project,
    each: { instances: 1, cores: 1, ram: 512 },
    least: count,
    most: count,
    now,
    by: requester,
    make: async (granted) => ({
      servers: Array.from({ length: granted }, () => resting("active")),
      ports: [],
    }),
    unmake: async () => {},
    boot: {},
  });

/** Counters as a crash between counting and writing leaves them: too high by as many. */
async function overcounted(extra: number) {
  const table = await freshTable();
  const backend = backendOn(table);
  await create(backend, start, quota.instances - extra);
  await table.db.send(
    new UpdateItemCommand({
      TableName: table.name,
      Key: { pk: { S: `PROJECT#${project}` }, sk: { S: "USAGE" } },
      UpdateExpression: "ADD instances :extra",
      ExpressionAttributeValues: { ":extra": { N: String(extra) } },
    }),
  );
  return backend;
}

test("counters that count too much are counted again once nothing can be in flight", async () => {
  const backend = await overcounted(3);
  await expect(create(backend, start + 59_999)).rejects.toThrow("over-quota");
  await create(backend, start + 60_000);
  await create(backend, start + 60_000, 2);
  await expect(create(backend, start + 60_000)).rejects.toThrow("over-quota");
});

test("counting again finds no room where there is none", async () => {
  const backend = backendOn(await freshTable());
  await create(backend, start, quota.instances);
  await expect(create(backend, start + 3_600_000)).rejects.toThrow("over-quota");
});

test("of what is not asked for, there may be more than there may be", async () => {
  const { servers } = backendOn(await freshTable());
  const more = { instances: 0, cores: 0, ram: 512 };
  const limits = { instances: 0, cores: 1, ram: 1_024 };
  await servers.hold(project, { instances: 3, cores: 3, ram: 512 }, start, quota);
  await servers.hold(project, { instances: 0, cores: 0, ram: 0 }, start, limits);
  await servers.hold(project, more, start, limits);
  await expect(servers.hold(project, more, start, limits)).rejects.toThrow("over-quota");
  expect(await servers.usage(project)).toEqual({ instances: 3, cores: 3, ram: 1_024 });
});

test("one project's servers are nothing to another's quota", async () => {
  const backend = backendOn(await freshTable());
  await create(backend, start, quota.instances);
  const { servers } = backend;
  const other = await servers.create({
    project: projects.alt_demo.id,
    each: { instances: 1, cores: 1, ram: 512 },
    least: 1,
    most: 1,
    now: start,
    by: requester,
    make: async () => ({
      servers: [resting("active", { project: projects.alt_demo.id })],
      ports: [],
    }),
    unmake: async () => {},
    boot: {},
  });
  expect(other).toHaveLength(1);
});
