import fc from "fast-check";
import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import type { RequestedAction } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { actionRequests } from "../../support/action-requests.ts";
import { startCloud } from "../../support/cloud.ts";
import {
  allowedOutcomes,
  type ModelRequest,
  type ModelServer,
  toModelServer,
} from "../../support/reference-model.ts";
import {
  expectedUsage,
  initialStates,
  modelRequests,
  refusalMessage,
  seedServerWithQuota,
  sendModelRequest,
  storedServers,
} from "../../support/server-fleet.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const { id: project } = projects.demo;

interface CompletedRequest {
  readonly modelRequest: ModelRequest;
  readonly status: number;
  readonly message: string;
}

const stateOf = ({ motion, lockedBy }: ModelServer): string => JSON.stringify([motion, lockedBy]);

function isSomeOrder(
  paper: ModelServer,
  all: readonly CompletedRequest[],
  end: string,
  now: number,
): boolean {
  if (all.length === 0) return stateOf(paper) === end;
  return all.some(({ modelRequest, status, message }, i) =>
    allowedOutcomes(paper, modelRequest, now)
      .filter((one) => one.status === status && (one.message ?? message) === message)
      .some(({ next }) => isSomeOrder(next, all.toSpliced(i, 1), end, now)),
  );
}

/** Milliseconds from the arrival of the previous motion. */
const delaysMs = fc.constantFrom(-700, -500, -1, 0, 1_000);

test("property: concurrent requests equal some serial order, and each accepted one is in the log", async () => {
  const cloud = await startCloud();
  const stored = async (id: string) => cloud.servers.getHistory(project, id, cloud.now());
  let requests = 0;
  await fc.assert(
    fc.asyncProperty(
      initialStates,
      fc.array(
        fc.record({
          many: fc.array(modelRequests, { minLength: 2, maxLength: 6 }),
          after: delaysMs,
        }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      async (beginning, rounds) => {
        const { id } = await seedServerWithQuota(cloud, beginning);
        for (const { many, after } of rounds) {
          const before = toModelServer((await stored(id)).server);
          cloud.pass(Math.max(0, before.motion.due + after - cloud.now()));
          const answers = await Promise.all(many.map((each) => sendModelRequest(cloud, id, each)));
          requests += many.length;
          const all = answers.map((answer, i) => ({
            modelRequest: many[i] as ModelRequest,
            status: answer.status,
            message: refusalMessage(answer),
          }));
          const { server, actions } = await stored(id);
          const end = toModelServer(server);
          expect(
            isSomeOrder(before, all, stateOf(end), cloud.now()),
            `${JSON.stringify(all.map(({ modelRequest: { account, body = "DELETE" }, ...answer }) => [account, body, answer]))} from ${stateOf(before)} to ${stateOf(end)}`,
          ).toBe(true);
          for (const [i, { modelRequest, status }] of all.entries()) {
            const { actionRequest, body } = modelRequest;
            const moved = actionRequest?.requestedAction(
              (body as Record<string, unknown> | null)?.[actionRequest.action],
            );
            // A request during a delete may do nothing.
            if (status >= 300 || !moved || /^delete|^resetTo/.test(moved)) continue;
            const request = answers[i]?.headers.get("x-openstack-request-id");
            expect(actions.map((action) => action.request)).toContain(request);
          }
        }
        await cloud.call("DELETE", `/v2.1/servers/${id}`, { as: "admin" });
        cloud.pass(1_000);
        expect(await cloud.servers.getUsage(project)).toEqual(
          expectedUsage(await storedServers(cloud)),
        );
      },
    ),
    { numRuns: 50, endOnFailure: true },
  );
  console.info(`races: ${requests} requests`);
}, 300_000);

/** Requests that change an active server. */
const movingRequests = actionRequests.filter(({ action, requestedAction }) => {
  const by: RequestedAction | null = requestedAction(null);
  return (
    by !== null && action !== "os-resetState" && action !== "forceDelete" && action !== "evacuate"
  );
});

const runsPerState: readonly (readonly [Server["motion"]["to"], number])[] = [
  ["active", 4],
  ["stopped", 2],
  ["paused", 1],
  ["suspended", 1],
];

for (const [vm, least] of runsPerState)
  test(`of all actions at once on a server that is ${vm} exactly one is accepted, or also a hard reboot after it`, async () => {
    const cloud = await startCloud();
    for (let round = 0; round < 5; round++) {
      const { id } = await seedServer(cloud.table, settledServer(vm));
      const bodies = movingRequests.flatMap(({ action, values }) =>
        fc.sample(values, { numRuns: 2, seed: round }).map((value) => ({ [action]: value })),
      );
      const answers = await Promise.all(
        bodies.map((body) =>
          cloud.call("POST", `/v2.1/servers/${id}/action`, { as: "admin", body }),
        ),
      );
      const taken = bodies.filter((_, i) => (answers[i]?.status ?? 0) < 300);
      const hard = taken.filter((body) => /hard/i.test(JSON.stringify(body)));
      expect(taken.length - hard.length).toBeLessThanOrEqual(1);
      expect(taken.length).toBeGreaterThanOrEqual(1);
      // resize to the same flavor is refused for that reason
      for (const { status } of answers) expect([200, 202, 400, 409]).toContain(status);
      expect(bodies.length).toBeGreaterThan(2 * least);
    }
  });
