import { describe, expect, test } from "vitest";
import { delayKey } from "../../../lambdas/compute/model/fault-injection.ts";
import { startTime } from "../../support/cloud.ts";
import { startWithFaults } from "../../support/faulty-server.ts";

describe("a server with a delay hint is slow", () => {
  test("on create", async () => {
    const { boot, shown, pass, events } = await startWithFaults();
    const id = await boot({ [delayKey]: "30" });
    pass(30_000);
    expect((await shown(id)).status).toBe("BUILD");
    expect(await events(id)).toMatchObject({ events: [{ finish_time: null, result: null }] });
    pass(1_000);
    expect(await shown(id)).toMatchObject({
      status: "ACTIVE",
      "OS-SRV-USG:launched_at": "2026-01-15T12:00:31.000000",
    });
    expect(await events(id)).toMatchObject({
      events: [{ finish_time: "2026-01-15T12:00:31.000000", result: "Success" }],
    });
  });

  test("on another action, by the hint it had before", async () => {
    const { resized, servers, shown, pass, now } = await startWithFaults();
    const { server } = await resized({ metadata: { [delayKey]: "60" } });
    const { id, project } = server;
    pass(59_999);
    expect((await servers.get(project, id, now())).host).toBe(server.host);
    expect((await shown(id)).status).toBe("RESIZE");
    pass(1_001);
    expect((await servers.get(project, id, now())).host).toBe("novaless-2");
    expect((await shown(id)).status).toBe("VERIFY_RESIZE");
  });

  test.each([
    ["0.5", 500],
    ["soon", 0],
    ["-1", 0],
    ["99999", 3_600_000],
    ["", 0],
  ])("%j is %d ms", async (delay, longer) => {
    const { boot, servers, environment } = await startWithFaults();
    const id = await boot({ [delayKey]: delay });
    const project = await environment.backend().servers.getProjectId(id);
    expect((await servers.get(project, id, startTime)).motion.due).toBe(startTime + 1_000 + longer);
  });
});
