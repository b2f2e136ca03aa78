import fc from "fast-check";
import { test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { relationSteps, startRelations } from "../../support/relations.ts";

test("property: deleting a server changes only the volumes, ports and floating IPs that name it", async () => {
  await fc.assert(
    fc.asyncProperty(relationSteps, async (steps) => {
      const relations = await startRelations(await startCloud());
      for (const step of steps) await relations.run(step);
      await relations.compare();
    }),
    { numRuns: 60, endOnFailure: true },
  );
}, 120_000);
