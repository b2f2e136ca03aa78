import fc from "fast-check";
import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedFlavors } from "../../../lambdas/compute/model/flavor.ts";
import {
  addResources,
  defaultResourceLimits,
  type Resources,
  resourcesOf,
} from "../../../lambdas/compute/model/quota.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import {
  expectedUsage,
  modelRequests,
  refusalMessage,
  sendModelRequest,
  storedServers,
} from "../../support/server-fleet.ts";

const { id: project } = projects.demo;

const isWithinQuota = (used: Resources): boolean =>
  used.instances <= defaultResourceLimits.instances &&
  used.cores <= defaultResourceLimits.cores &&
  used.ram <= defaultResourceLimits.ram;

const step = fc.oneof(
  fc.record({ create: fc.array(fc.constantFrom(...seedFlavors), { minLength: 1, maxLength: 4 }) }),
  fc.record({ modelRequest: modelRequests, which: fc.nat(9) }),
  fc.record({ modelRequest: modelRequests, which: fc.nat(9) }),
  fc.record({ passes: fc.constantFrom(100, 500, 1_000, 5_000, 120_000) }),
);

test("property: the quota counts exactly the project's servers, and refuses exactly what does not fit", async () => {
  const cloud = await startCloud();
  const tally = { created: 0, refused: 0, requested: 0 };
  const living = async () => {
    const all = await storedServers(cloud);
    return all.filter(({ motion }) => motion.action !== "delete");
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 20 }), async (steps) => {
      await clear();
      for (const each of steps) {
        if ("passes" in each) cloud.pass(each.passes);
        else if ("create" in each) await create(each.create);
        else {
          const all = await living();
          const server = all[each.which % Math.max(1, all.length)];
          if (!server) continue;
          tally.requested++;
          const { status, text } = await sendModelRequest(cloud, server.id, each.modelRequest);
          expect(status, text).toBeLessThan(500);
        }
        const used = await cloud.servers.getUsage(project);
        expect(used).toEqual(expectedUsage(await storedServers(cloud)));
        expect(isWithinQuota(used)).toBe(true);
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
  await clear();
  expect(await cloud.servers.getUsage(project)).toEqual({ instances: 0, cores: 0, ram: 0 });
  console.info(`a fleet: ${JSON.stringify(tally)}`);

  async function clear() {
    for (const { id } of await living())
      await cloud.call("DELETE", `/v2.1/servers/${id}`, { as: "admin" });
    cloud.pass(1_000);
  }

  /** Refused creates do not fit beside the existing servers. */
  async function create(all: readonly (typeof seedFlavors)[number][]) {
    const answers = await Promise.all(
      all.map(({ id }) =>
        cloud.call("POST", "/v2.1/servers", {
          body: { server: { name: "one", imageRef: seedImages[0]?.id, flavorRef: id } },
        }),
      ),
    );
    const used = expectedUsage(await storedServers(cloud));
    for (const [i, answer] of answers.entries()) {
      const flavor = all[i] ?? null;
      tally[answer.status === 202 ? "created" : "refused"]++;
      if (answer.status === 202) continue;
      expect([answer.status, refusalMessage(answer)]).toEqual([
        403,
        expect.stringMatching(/^Quota exceeded for /),
      ]);
      expect(isWithinQuota(addResources(used, resourcesOf(flavor))), answer.text).toBe(false);
    }
  }
}, 300_000);
