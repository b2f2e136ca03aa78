import fc from "fast-check";
import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import type { Deed } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { cloud } from "../../support/cloud.ts";
import { errands } from "../../support/errands.ts";
import { ask, asked, beginnings, found, heldByAll, kept, messageOf } from "../../support/fleet.ts";
import { type Asked, outcomes, type Paper, paperOf } from "../../support/paper.ts";
import { given, resting } from "../../support/servers.ts";

const { id: project } = projects.demo;

interface Done {
  readonly asked: Asked;
  readonly status: number;
  readonly message: string;
}

const stateOf = ({ motion, lock }: Paper): string => JSON.stringify([motion, lock]);

/** Whether they can have come one after the other, in some order, and left the server as it is. */
function isSomeOrder(paper: Paper, all: readonly Done[], end: string, now: number): boolean {
  if (all.length === 0) return stateOf(paper) === end;
  return all.some(({ asked, status, message }, i) =>
    outcomes(paper, asked, now)
      .filter((one) => one.status === status && (one.message ?? message) === message)
      .some(({ next }) => isSomeOrder(next, all.toSpliced(i, 1), end, now)),
  );
}

/** When they all ask, counted from the instant the motion before arrives. */
const after = fc.constantFrom(-700, -500, -1, 0, 1_000);

test("property: whatever is asked of a server at once came one after the other, and what was taken stands in its log", async () => {
  const world = await cloud();
  const stored = async (id: string) => world.servers.history(project, id, world.now());
  let requests = 0;
  await fc.assert(
    fc.asyncProperty(
      beginnings,
      fc.array(fc.record({ many: fc.array(asked, { minLength: 2, maxLength: 6 }), after }), {
        minLength: 1,
        maxLength: 3,
      }),
      async (beginning, rounds) => {
        const { id } = await found(world, beginning);
        for (const { many, after } of rounds) {
          const before = paperOf((await stored(id)).server);
          world.pass(Math.max(0, before.motion.due + after - world.now()));
          const answers = await Promise.all(many.map((each) => ask(world, id, each)));
          requests += many.length;
          const all = answers.map((answer, i) => ({
            asked: many[i] as Asked,
            status: answer.status,
            message: messageOf(answer),
          }));
          const { server, actions } = await stored(id);
          const end = paperOf(server);
          expect(
            isSomeOrder(before, all, stateOf(end), world.now()),
            `${JSON.stringify(all.map(({ asked: { who, body = "DELETE" }, ...answer }) => [who, body, answer]))} from ${stateOf(before)} to ${stateOf(end)}`,
          ).toBe(true);
          for (const [i, { asked, status }] of all.entries()) {
            const { errand, body } = asked;
            const moved = errand?.deed((body as Record<string, unknown> | null)?.[errand.key]);
            // what is asked of a server that is being deleted may do nothing
            if (status >= 300 || !moved || /^delete|^resetTo/.test(moved)) continue;
            const request = answers[i]?.headers.get("x-openstack-request-id");
            expect(actions.map((action) => action.request)).toContain(request);
          }
        }
        await world.call("DELETE", `/v2.1/servers/${id}`, { as: "admin" });
        world.pass(1_000);
        expect(await world.servers.usage(project)).toEqual(heldByAll(await kept(world)));
      },
    ),
    { numRuns: 50, endOnFailure: true },
  );
  console.info(`races: ${requests} requests`);
}, 300_000);

/** What is asked of a server that is active, and does not leave it be. */
const movers = errands.filter(({ key, deed }) => {
  const by: Deed | null = deed(null);
  return by !== null && key !== "os-resetState" && key !== "forceDelete" && key !== "evacuate";
});

const perState: readonly (readonly [Server["motion"]["to"], number])[] = [
  ["active", 4],
  ["stopped", 2],
  ["paused", 1],
  ["suspended", 1],
];

for (const [vm, least] of perState)
  test(`of all actions at once on a server that is ${vm} exactly one gets in, or a hard reboot after it`, async () => {
    const world = await cloud();
    for (let round = 0; round < 5; round++) {
      const { id } = await given(world.table, resting(vm));
      const bodies = movers.flatMap(({ key, values }) =>
        fc.sample(values, { numRuns: 2, seed: round }).map((value) => ({ [key]: value })),
      );
      const answers = await Promise.all(
        bodies.map((body) =>
          world.call("POST", `/v2.1/servers/${id}/action`, { as: "admin", body }),
        ),
      );
      const taken = bodies.filter((_, i) => (answers[i]?.status ?? 0) < 300);
      const hard = taken.filter((body) => /hard/i.test(JSON.stringify(body)));
      expect(taken.length - hard.length).toBeLessThanOrEqual(1);
      expect(taken.length).toBeGreaterThanOrEqual(1);
      // the resize to its own flavor is refused for that
      for (const { status } of answers) expect([200, 202, 400, 409]).toContain(status);
      expect(bodies.length).toBeGreaterThan(2 * least);
    }
  });
