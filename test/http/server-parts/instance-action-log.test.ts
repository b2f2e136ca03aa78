import { describe, expect, test } from "vitest";
import { accountId } from "../../support/accounts.ts";
import { startTime } from "../../support/cloud.ts";
import { readItems } from "../../support/items.ts";
import { startWithServer } from "../../support/with-server.ts";

describe("a long history of instance actions", () => {
  test("keeps every accepted action, with one update each except when the log is archived", async () => {
    const { act, part, pass, commands } = await startWithServer();
    const collected: (string | null)[] = [];
    const calls: string[] = [];
    for (let i = 0; i < 61; i++) {
      commands.length = 0;
      const { headers, status } = await act({ [i % 2 ? "os-start" : "os-stop"]: null });
      expect(status).toBe(202);
      calls.push(commands.filter((one) => /Item$/.test(one) && one !== "GetItem").join());
      collected.unshift(headers.get("x-compute-request-id"));
      pass(1_000);
    }
    expect(new Set(calls)).toEqual(new Set(["UpdateItem", "UpdateItem,UpdateItem,UpdateItem"]));
    expect(calls.filter((one) => one === "UpdateItem")).toHaveLength(46);
    commands.length = 0;
    const { instanceActions } = (await part("GET", "os-instance-actions")).json;
    expect(commands).toEqual(["GetItem", "Query"]);
    expect(instanceActions.map((one: { request_id: string }) => one.request_id)).toEqual(collected);
    const first = await part("GET", `os-instance-actions/${collected.at(-1)}`);
    expect(first.json.instanceAction).toMatchObject({ action: "stop", user_id: accountId("demo") });
  }, 60_000);

  test("keeps every accepted action of a race for the last line", async () => {
    const { act, part, pass } = await startWithServer();
    for (let i = 0; i < 7; i++) {
      await act({ [i % 2 ? "os-start" : "os-stop"]: null });
      pass(1_000);
    }
    await act({ "os-start": null });
    pass(1_000);
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        act(i % 2 ? { lock: null } : { reboot: { type: "HARD" } }, "admin"),
      ),
    );
    const through = replies
      .filter(({ status }) => status === 202)
      .map(({ headers }) => headers.get("x-compute-request-id"));
    expect(through.length).toBeGreaterThan(6);
    const { instanceActions } = (await part("GET", "os-instance-actions")).json;
    expect(instanceActions).toHaveLength(8 + through.length);
    expect(
      instanceActions
        .slice(0, through.length)
        .map((one: { request_id: string }) => one.request_id)
        .sort(),
    ).toEqual(through.sort());
  }, 60_000);

  test("is deleted with the server, archives included", async () => {
    const { act, call, id, pass, table } = await startWithServer();
    for (let i = 0; i < 9; i++) {
      await act({ [i % 2 ? "os-start" : "os-stop"]: null });
      pass(1_000);
    }
    const beside = async () =>
      (await readItems(table)).filter(({ sk }) => sk?.S?.startsWith(`LOG#${id}`));
    expect((await beside()).map(({ expires }) => expires)).toEqual([undefined, undefined]);
    expect((await call("DELETE", `/v2.1/servers/${id}`)).status).toBe(204);
    // A log that fills during the delete is archived too.
    for (const note of ["lock", "unlock", "unlock"] as const) await act({ [note]: null });
    expect(await beside()).toHaveLength(3);
    for (const { expires } of await beside()) expect(Number(expires?.N)).toBeGreaterThan(0);
  });

  test("of a server older than the log is empty until the next action", async () => {
    const { act, part } = await startWithServer();
    expect((await part("GET", "os-instance-actions")).json).toEqual({ instanceActions: [] });
    await act({ "os-stop": null });
    const { instanceActions } = (await part("GET", "os-instance-actions")).json;
    expect(instanceActions).toMatchObject([
      { action: "stop", start_time: new Date(startTime).toISOString().replace("Z", "000") },
    ]);
  });
});
