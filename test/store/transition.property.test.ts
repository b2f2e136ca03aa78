import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { transition } from "../../lambdas/compute/database/transition.ts";
import {
  allActions,
  beginMotion,
  failedPrecondition,
  type Motion,
  observe,
  type PreconditionFailure,
  type RequestedAction,
  requestedActionOf,
  vmStates,
} from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { Fault } from "../../lambdas/core/fault.ts";
import { openBackend } from "../../lambdas/deployed/backend.ts";
import { openTestTable, startTime } from "../support/cloud.ts";
import { requester, seedServer, settledServer } from "../support/servers.ts";

const { id: project } = projects.demo;
const requestedActions = [...new Set(allActions.map(requestedActionOf))].filter(
  (action) => action !== "create",
);

/** Milliseconds from the arrival of the previous motion; the boundaries matter. */
const step = fc.record({
  action: fc.constantFrom(...requestedActions),
  after: fc.constantFrom(-1_000, -701, -700, -501, -500, -1, 0, 1),
});

const outcomeOf = (attempt: Promise<unknown>): Promise<PreconditionFailure | "gone" | null> =>
  attempt.then(
    () => null,
    (cause: unknown) => {
      if (!(cause instanceof Fault)) throw cause;
      const { refusal } = cause;
      if (refusal.kind === "not-ready") return { attribute: "host" as const };
      if (refusal.kind === "no-such") return "gone" as const;
      if (refusal.kind === "never-launched") return { attribute: "launched_at" as const };
      if (refusal.kind !== "wrong-state") throw cause;
      return { attribute: refusal.attribute, state: refusal.state };
    },
  );

const expectedOutcome = (action: RequestedAction, server: Server, now: number) =>
  observe(server.motion, now).vm === "deleted" ? "gone" : failedPrecondition(action, server, now);

const serverVariants = [{ host: "", launched: null }, { launched: null }, {}] as const;

describe("the table in DynamoDB equals the life-cycle table", () => {
  test("property: for any action at any time both agree", async () => {
    const table = await openTestTable();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...vmStates.filter((vm) => vm !== "deleted")),
        fc.constantFrom(...serverVariants),
        fc.array(step, { minLength: 1, maxLength: 10 }),
        async (vm, kind, steps) => {
          const server = await seedServer(table, settledServer(vm, kind));
          const { id } = server;
          let onPaper: Motion = server.motion;
          let now = startTime;
          for (const { action, after } of steps) {
            now = Math.max(now, onPaper.due + after);
            const expected = expectedOutcome(action, { ...server, motion: onPaper }, now);
            expect(await outcomeOf(transition(table, project, id, action, now, requester))).toEqual(
              expected,
            );
            if (expected === null) onPaper = beginMotion(action, onPaper, now);
            const kept = (await readMotion(table, id)) as Motion;
            expect(kept).toEqual(onPaper);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  for (const action of requestedActions)
    test(`${action} is accepted from exactly the states in the table`, async () => {
      const table = await openTestTable();
      for (const vm of vmStates)
        for (const kind of serverVariants) {
          const server = await seedServer(table, settledServer(vm, kind));
          expect(
            await outcomeOf(transition(table, project, server.id, action, startTime, requester)),
            `from ${vm}`,
          ).toEqual(expectedOutcome(action, server, startTime));
        }
    });

  test("E-32: os-start and os-stop of an unknown server return Nova's message", async () => {
    const table = await openTestTable();
    const missing = async (action: RequestedAction) =>
      transition(table, project, "nobody", action, startTime, requester).catch(
        (cause) => cause.refusal,
      );
    expect(await missing("start")).toEqual({ kind: "no-such", what: "cell-mapping", id: "nobody" });
    expect(await missing("hardReboot")).toEqual({ kind: "no-such", what: "server", id: "nobody" });
  });

  test("a deleted server is gone when due, and a second delete before that does nothing", async () => {
    const table = await openTestTable();
    const { servers } = openBackend(table);
    const { id } = await seedServer(table, settledServer("active"));
    await servers.remove(project, id, startTime, requester);
    await servers.remove(project, id, startTime + 499, requester);
    expect((await servers.get(project, id, startTime + 499)).motion.to).toBe("deleted");
    await expect(servers.get(project, id, startTime + 500)).rejects.toThrow("no-such");
    await expect(servers.remove(project, id, startTime + 500, requester)).rejects.toThrow(
      "no-such",
    );
  });
});

async function readMotion(table: Awaited<ReturnType<typeof openTestTable>>, id: string) {
  const all = { project, limit: 1_000, includeDeleted: true, matches: () => true };
  const found = await openBackend(table).servers.list(all, startTime);
  return found.find((server) => server.id === id)?.motion;
}
