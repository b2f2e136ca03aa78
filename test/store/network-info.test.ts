import { expect, test } from "vitest";
import { openBackend } from "../../lambdas/deployed/backend.ts";
import type { NetworkInfo } from "../../lambdas/network/model/network-info.ts";
import { openTestTable, startTime } from "../support/cloud.ts";
import { seedServer, settledServer } from "../support/servers.ts";

const networkInfo = (group: string): NetworkInfo => ({ addresses: [], securityGroups: [group] });

test("network info computed before a concurrent update is computed again", async () => {
  const table = await openTestTable();
  const { servers } = openBackend(table);
  const { id, project } = await seedServer(table, settledServer("active"));
  let readCount = 0;
  await servers.updateNetworkInfo(project, id, async () => {
    readCount++;
    if (readCount === 1)
      await servers.updateNetworkInfo(project, id, async () => networkInfo("meanwhile"));
    return networkInfo(readCount === 1 ? "stale" : "fresh");
  });
  expect(readCount).toBe(2);
  expect(await servers.get(project, id, startTime)).toMatchObject(networkInfo("fresh"));
});

test("updating network info does not create a missing server", async () => {
  const table = await openTestTable();
  const { servers } = openBackend(table);
  const { id, project } = settledServer("active");
  await servers.updateNetworkInfo(project, id, async () => networkInfo("any"));
  await expect(servers.get(project, id, startTime)).rejects.toMatchObject({
    refusal: { kind: "no-such" },
  });
});
