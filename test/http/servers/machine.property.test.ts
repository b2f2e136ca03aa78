import fc from "fast-check";
import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { observe } from "../../../lambdas/compute/model/lifecycle.ts";
import { powerState, type Server } from "../../../lambdas/compute/model/server.ts";
import { statusOf } from "../../../lambdas/compute/model/status.ts";
import { cloud } from "../../support/cloud.ts";
import { ask, asked, beginnings, found, heldByAll, kept, messageOf } from "../../support/fleet.ts";
import { type Asked, outcomes, type Paper, paperOf } from "../../support/paper.ts";

/** When to ask, counted from the instant the motion before it arrives: the boundaries matter. */
const after = fc.constantFrom(-1_000, -701, -700, -501, -500, -1, 0, 1, 60_000);

const asText = ({ who, errand, body }: Asked): string =>
  `${who}: ${errand ? JSON.stringify(body) : "DELETE"}`;

/** Without what a server that is on its way becomes by itself. */
const unseated = ({ flavor: _, host, hostId, before, ...server }: Server) => server;

test("property: whatever is asked of a server, by whom and when, is answered as the table says, and leaves it so", async () => {
  const world = await cloud();
  const tally = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      beginnings,
      fc.array(fc.record({ asked, after }), { minLength: 6, maxLength: 14 }),
      async (beginning, steps) => {
        const { id } = await found(world, beginning);
        const stored = async () =>
          (await world.servers.history(projects.demo.id, id, world.now())).server;
        let paper = paperOf(await stored());
        for (const { asked, after } of steps) {
          world.pass(Math.max(0, paper.motion.due + after - world.now()));
          const now = world.now();
          const was = await stored();
          const answer = await ask(world, id, asked);
          const key = asked.errand?.key ?? "DELETE";
          tally.set(`${key} ${answer.status}`, (tally.get(`${key} ${answer.status}`) ?? 0) + 1);
          const may = outcomes(paper, asked, now);
          const matching = may.filter(
            ({ status, message }) =>
              status === answer.status && (message === undefined || message === messageOf(answer)),
          );
          expect(
            matching.length > 0 || may.map(({ status, message }) => `${status} ${message ?? ""}`),
            `${asText(asked)} is ${answer.status} ${answer.text} in ${JSON.stringify(paper)}`,
          ).toBe(true);

          const server = await stored();
          const { motion, lock } = paperOf(server);
          expect(
            matching.map(({ next }) => ({ motion: next.motion, lock: next.lock })),
            asText(asked),
          ).toContainEqual({ motion, lock });
          if (answer.status >= 400) expect(unseated(server)).toEqual(unseated(was));
          paper = paperOf(server);
          await looksLike(paper, now);
        }
        expect(await world.servers.usage(projects.demo.id)).toEqual(heldByAll(await kept(world)));
        // it makes room for the next
        await world.call("DELETE", `/v2.1/servers/${id}`, { as: "admin" });
        world.pass(1_000);
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
  const kinds = [...tally.keys()].sort();
  console.info(
    `the machine: ${[...tally.values()].reduce((one, other) => one + other, 0)} requests, ${kinds.length} kinds of answer`,
  );

  /** What everybody sees is what the table says of it. */
  async function looksLike({ id, motion }: Paper, now: number) {
    const { status, json } = await world.call("GET", `/v2.1/servers/${id}`);
    const seen = observe(motion, now);
    if (seen.vm === "deleted") return expect(status).toBe(404);
    const { server } = json;
    expect({
      status: server.status,
      vm: server["OS-EXT-STS:vm_state"],
      task: server["OS-EXT-STS:task_state"],
      power: server["OS-EXT-STS:power_state"],
    }).toEqual({ status: statusOf(seen), ...seen, power: powerState(motion, now) });
  }
}, 300_000);
