import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { defaultResourceLimits } from "../../lambdas/compute/model/quota.ts";
import { openBackend } from "../../lambdas/deployed/backend.ts";
import type { Backend } from "../../lambdas/ports/backend.ts";
import { openTestTable, startTime } from "../support/cloud.ts";
import { requester, settledServer } from "../support/servers.ts";

const { id: project } = projects.demo;

async function createServers(
  { servers }: Backend,
  now: number,
  count = 1,
  owner: string = project,
) {
  const perServer = { instances: 1, cores: 1, ram: 512 };
  const request = { minCount: count, maxCount: count, now };
  const granted = await servers.reserveServers(owner, perServer, request);
  const created = Array.from({ length: granted }, () =>
    settledServer("active", { project: owner }),
  );
  await servers.insert(created, { ports: [], bootData: {}, by: requester });
  return created;
}

async function startOvercounted(extra: number) {
  const table = await openTestTable();
  const backend = openBackend(table);
  await createServers(backend, startTime, defaultResourceLimits.instances - extra);
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

test("counters that are too high are recounted once nothing can be in flight", async () => {
  const backend = await startOvercounted(3);
  await expect(createServers(backend, startTime + 59_999)).rejects.toThrow("over-quota");
  await createServers(backend, startTime + 60_000);
  await createServers(backend, startTime + 60_000, 2);
  await expect(createServers(backend, startTime + 60_000)).rejects.toThrow("over-quota");
});

test("a recount adds no room when none exists", async () => {
  const backend = openBackend(await openTestTable());
  await createServers(backend, startTime, defaultResourceLimits.instances);
  await expect(createServers(backend, startTime + 3_600_000)).rejects.toThrow("over-quota");
});

test("a resource that is not requested may exceed its limit", async () => {
  const { servers } = openBackend(await openTestTable());
  const more = { instances: 0, cores: 0, ram: 512 };
  const limits = { instances: 0, cores: 1, ram: 1_024 };
  await servers.reserveQuota(
    project,
    { instances: 3, cores: 3, ram: 512 },
    startTime,
    defaultResourceLimits,
  );
  await servers.reserveQuota(project, { instances: 0, cores: 0, ram: 0 }, startTime, limits);
  await servers.reserveQuota(project, more, startTime, limits);
  await expect(servers.reserveQuota(project, more, startTime, limits)).rejects.toThrow(
    "over-quota",
  );
  expect(await servers.getUsage(project)).toEqual({ instances: 3, cores: 3, ram: 1_024 });
});

test("one project's servers do not count against another's quota", async () => {
  const backend = openBackend(await openTestTable());
  await createServers(backend, startTime, defaultResourceLimits.instances);
  const other = await createServers(backend, startTime, 1, projects.alt_demo.id);
  expect(other).toHaveLength(1);
});
