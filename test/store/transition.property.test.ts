import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { transition } from "../../lambdas/compute/database/transition.ts";
import {
  actions,
  begin,
  type Deed,
  deedOf,
  type Motion,
  type Objection,
  objection,
  observe,
  vmStates,
} from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { Fault } from "../../lambdas/core/fault.ts";
import { backendOn } from "../../lambdas/deployed/backend.ts";
import { freshTable, start } from "../support/cloud.ts";
import { given, requester, resting } from "../support/servers.ts";

const { id: project } = projects.demo;
const begun = [...new Set(actions.map(deedOf))].filter((action) => action !== "create");

/** When to act, counted from the instant the motion before it arrives: the boundaries matter. */
const step = fc.record({
  action: fc.constantFrom(...begun),
  after: fc.constantFrom(-1_000, -701, -700, -501, -500, -1, 0, 1),
});

/** What the store says of an attempt, in the table's own words. */
const verdict = (attempt: Promise<unknown>): Promise<Objection | "gone" | null> =>
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

const onPaperVerdict = (action: Deed, server: Server, now: number) =>
  observe(server.motion, now).vm === "deleted" ? "gone" : objection(action, server, now);

/** One that was never placed, one that could not be built, and one like any other. */
const kinds = [{ host: "", launched: null }, { launched: null }, {}] as const;

describe("the table in DynamoDB is the table on paper", () => {
  test("whatever is asked, whenever, the two agree", async () => {
    const table = await freshTable();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...vmStates.filter((vm) => vm !== "deleted")),
        fc.constantFrom(...kinds),
        fc.array(step, { minLength: 1, maxLength: 10 }),
        async (vm, kind, steps) => {
          const server = await given(table, resting(vm, kind));
          const { id } = server;
          let onPaper: Motion = server.motion;
          let now = start;
          for (const { action, after } of steps) {
            now = Math.max(now, onPaper.due + after);
            const expected = onPaperVerdict(action, { ...server, motion: onPaper }, now);
            expect(await verdict(transition(table, project, id, action, now, requester))).toEqual(
              expected,
            );
            if (expected === null) onPaper = begin(action, onPaper, now);
            const kept = (await keptMotion(table, id)) as Motion;
            expect(kept).toEqual(onPaper);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  for (const action of begun)
    test(`${action} is accepted from just the states that the table says`, async () => {
      const table = await freshTable();
      for (const vm of vmStates)
        for (const kind of kinds) {
          const server = await given(table, resting(vm, kind));
          expect(
            await verdict(transition(table, project, server.id, action, start, requester)),
            `from ${vm}`,
          ).toEqual(onPaperVerdict(action, server, start));
        }
    });

  test("E-32: os-start and os-stop say of an unknown server what Nova says", async () => {
    const table = await freshTable();
    const missing = async (action: Deed) =>
      transition(table, project, "nobody", action, start, requester).catch(
        (cause) => cause.refusal,
      );
    expect(await missing("start")).toEqual({ kind: "no-such", what: "cell-mapping", id: "nobody" });
    expect(await missing("hardReboot")).toEqual({ kind: "no-such", what: "server", id: "nobody" });
  });

  test("a deleted server is gone in the instant it is due, and asked again before that is left alone", async () => {
    const table = await freshTable();
    const { servers } = backendOn(table);
    const { id } = await given(table, resting("active"));
    await servers.remove(project, id, start, requester);
    await servers.remove(project, id, start + 499, requester);
    expect((await servers.get(project, id, start + 499)).motion.to).toBe("deleted");
    await expect(servers.get(project, id, start + 500)).rejects.toThrow("no-such");
    await expect(servers.remove(project, id, start + 500, requester)).rejects.toThrow("no-such");
  });
});

async function keptMotion(table: Awaited<ReturnType<typeof freshTable>>, id: string) {
  const all = { project, limit: 1_000, gone: true, keep: () => true };
  const found = await backendOn(table).servers.list(all, start);
  return found.find((server) => server.id === id)?.motion;
}
