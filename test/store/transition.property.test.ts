import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { Fault } from "../../lambdas/domain/fault.ts";
import {
  type Action,
  actions,
  begin,
  type Motion,
  type Objection,
  objection,
  observe,
  vmStates,
} from "../../lambdas/domain/lifecycle.ts";
import { backendOn } from "../../lambdas/store/open.ts";
import { transition } from "../../lambdas/store/transition.ts";
import { freshTable, start } from "../support/cloud.ts";
import { given, requester, resting } from "../support/servers.ts";

const { id: project } = projects.demo;
const begun = actions.filter((action) => action !== "create");

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
      if (refusal.kind !== "wrong-state") throw cause;
      return { attribute: refusal.attribute, state: refusal.state };
    },
  );

const onPaperVerdict = (action: Action, motion: Motion, now: number) =>
  observe(motion, now).vm === "deleted" ? "gone" : objection(action, motion, now);

describe("the table in DynamoDB is the table on paper", () => {
  test("whatever is asked, whenever, the two agree", async () => {
    const table = await freshTable();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...vmStates.filter((vm) => vm !== "deleted")),
        fc.array(step, { minLength: 1, maxLength: 10 }),
        async (vm, steps) => {
          const { id, motion } = await given(table, resting(vm));
          let onPaper: Motion = motion;
          let now = start;
          for (const { action, after } of steps) {
            now = Math.max(now, onPaper.due + after);
            const expected = onPaperVerdict(action, onPaper, now);
            expect(await verdict(transition(table, project, id, action, now, requester))).toEqual(
              expected,
            );
            if (expected === null) onPaper = begin(action, observe(onPaper, now).vm, now);
            const kept = (await keptMotion(table, id)) as Motion;
            expect(kept).toEqual(onPaper);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  for (const action of begun)
    for (const vm of vmStates) {
      const why = onPaperVerdict(action, resting(vm).motion, start);
      test(`${action} from ${vm} is ${why === null ? "accepted" : "refused"}`, async () => {
        const table = await freshTable();
        const { id } = await given(table, resting(vm));
        expect(await verdict(transition(table, project, id, action, start, requester))).toEqual(
          why,
        );
      });
    }

  test("E-32: os-start and os-stop say of an unknown server what Nova says", async () => {
    const table = await freshTable();
    const missing = async (action: Action) =>
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
