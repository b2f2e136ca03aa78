import { expect, test } from "vitest";
import { backendOn } from "../../lambdas/deployed/backend.ts";
import type { Wiring } from "../../lambdas/network/model/network-info.ts";
import { freshTable, start } from "../support/cloud.ts";
import { given, resting } from "../support/servers.ts";

const wiring = (group: string): Wiring => ({ addresses: [], securityGroups: [group] });

test("what was worked out before somebody else put theirs down is worked out again", async () => {
  const table = await freshTable();
  const { servers } = backendOn(table);
  const { id, project } = await given(table, resting("active"));
  let asked = 0;
  await servers.rewire(project, id, async () => {
    asked++;
    if (asked === 1) await servers.rewire(project, id, async () => wiring("meanwhile"));
    return wiring(asked === 1 ? "stale" : "fresh");
  });
  expect(asked).toBe(2);
  expect(await servers.get(project, id, start)).toMatchObject(wiring("fresh"));
});

test("a server that is not there is not made by being put on a network", async () => {
  const table = await freshTable();
  const { servers } = backendOn(table);
  const { id, project } = resting("active");
  await servers.rewire(project, id, async () => wiring("any"));
  await expect(servers.get(project, id, start)).rejects.toMatchObject({
    refusal: { kind: "no-such" },
  });
});
