import fc from "fast-check";
import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { observe } from "../../../lambdas/compute/model/lifecycle.ts";
import { powerStateAt, type Server } from "../../../lambdas/compute/model/server.ts";
import { statusOf } from "../../../lambdas/compute/model/status.ts";
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

/** Milliseconds from the arrival of the previous motion; the boundaries matter. */
const delaysMs = fc.constantFrom(-1_000, -701, -700, -501, -500, -1, 0, 1, 60_000);

const formatRequest = ({ account, actionRequest, body }: ModelRequest): string =>
  `${account}: ${actionRequest ? JSON.stringify(body) : "DELETE"}`;

const withoutHost = ({ flavor: _, host, hostId, before, ...server }: Server) => server;

test("property: every request, by any account at any time, gets the response and leaves the state of the life-cycle table", async () => {
  const cloud = await startCloud();
  const tally = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      initialStates,
      fc.array(fc.record({ modelRequest: modelRequests, after: delaysMs }), {
        minLength: 6,
        maxLength: 14,
      }),
      async (beginning, steps) => {
        const { id } = await seedServerWithQuota(cloud, beginning);
        const stored = async () =>
          (await cloud.servers.getHistory(projects.demo.id, id, cloud.now())).server;
        let paper = toModelServer(await stored());
        for (const { modelRequest, after } of steps) {
          cloud.pass(Math.max(0, paper.motion.due + after - cloud.now()));
          const now = cloud.now();
          const was = await stored();
          const answer = await sendModelRequest(cloud, id, modelRequest);
          const key = modelRequest.actionRequest?.action ?? "DELETE";
          tally.set(`${key} ${answer.status}`, (tally.get(`${key} ${answer.status}`) ?? 0) + 1);
          const may = allowedOutcomes(paper, modelRequest, now);
          const matching = may.filter(
            ({ status, message }) =>
              status === answer.status &&
              (message === undefined || message === refusalMessage(answer)),
          );
          expect(
            matching.length > 0 || may.map(({ status, message }) => `${status} ${message ?? ""}`),
            `${formatRequest(modelRequest)} is ${answer.status} ${answer.text} in ${JSON.stringify(paper)}`,
          ).toBe(true);

          const server = await stored();
          const { motion, lockedBy } = toModelServer(server);
          expect(
            matching.map(({ next }) => ({ motion: next.motion, lock: next.lockedBy })),
            formatRequest(modelRequest),
          ).toContainEqual({ motion, lock: lockedBy });
          if (answer.status >= 400) expect(withoutHost(server)).toEqual(withoutHost(was));
          paper = toModelServer(server);
          await looksLike(paper, now);
        }
        expect(await cloud.servers.getUsage(projects.demo.id)).toEqual(
          expectedUsage(await storedServers(cloud)),
        );
        await cloud.call("DELETE", `/v2.1/servers/${id}`, { as: "admin" });
        cloud.pass(1_000);
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
  const kinds = [...tally.keys()].sort();
  console.info(
    `the machine: ${[...tally.values()].reduce((one, other) => one + other, 0)} requests, ${kinds.length} kinds of answer`,
  );

  async function looksLike({ id, motion }: ModelServer, now: number) {
    const { status, json } = await cloud.call("GET", `/v2.1/servers/${id}`);
    const seen = observe(motion, now);
    if (seen.vm === "deleted") return expect(status).toBe(404);
    const { server } = json;
    expect({
      status: server.status,
      vm: server["OS-EXT-STS:vm_state"],
      task: server["OS-EXT-STS:task_state"],
      power: server["OS-EXT-STS:power_state"],
    }).toEqual({ status: statusOf(seen), ...seen, power: powerStateAt(motion, now) });
  }
}, 300_000);
