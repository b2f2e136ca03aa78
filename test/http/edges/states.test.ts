import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import {
  type Motion,
  observe,
  type RequestedAction,
} from "../../../lambdas/compute/model/lifecycle.ts";
import { startTime } from "../../support/cloud.ts";
import { microversionHeader, refusalOf, startOneServer } from "../../support/one-server.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const motionTo = (action: RequestedAction, from: Motion["from"], to: Motion["to"], left: number) =>
  ({ action, from, to, due: startTime + left }) as const;

test("E-01: the checks of an action run in a fixed order, and the first failure is reported", async () => {
  const { call, table, act, id } = await startOneServer("stopped");
  const elsewhere = `/v2.1/${projects.alt_demo.id}/servers`;
  const ask = async (path: string, body: unknown, headers = {}, as = "reader") =>
    refusalOf(await call("POST", `${path}/action`, { as, body, headers }));
  const nobody = "9c1e0000-0000-7000-8000-000000000000";
  const text = { "content-type": "text/csv" };

  expect(await ask(`${elsewhere}/${nobody}`, "[]", text)).toEqual([
    415,
    "Unsupported Content-Type",
  ]);
  expect(await ask(`${elsewhere}/${nobody}`, "[]")).toEqual([400, "Malformed request body"]);
  expect(await ask(`${elsewhere}/${nobody}`, { nosuch: 1 })).toEqual([
    400,
    "There is no such action: nosuch",
  ]);
  expect(
    await ask(`${elsewhere}/${nobody}`, { "os-getVNCConsole": 1 }, microversionHeader(6)),
  ).toEqual([400, expect.stringMatching(/^Malformed request URL/)]);
  expect(
    await ask(`/v2.1/servers/${nobody}`, { "os-getVNCConsole": 1 }, microversionHeader(6)),
  ).toEqual([404, "The resource could not be found."]);
  expect(await ask(`/v2.1/servers/${nobody}`, { reboot: 1 })).toEqual([
    400,
    expect.stringMatching(/^Invalid input for field\/attribute reboot/),
  ]);
  const soft = { reboot: { type: "SOFT" } };
  expect(await ask(`/v2.1/servers/${nobody}`, soft, {}, "demo")).toEqual([
    404,
    `Instance ${nobody} could not be found.`,
  ]);
  expect((await ask(`/v2.1/servers/${id}`, soft))?.[0]).toBe(403);

  const { id: building } = await seedServer(
    table,
    settledServer("active", {
      motion: motionTo("create", "building", "active", 950),
      launched: startTime + 950,
      lock: { by: "owner", reason: null },
    }),
  );
  const stop = async (server: string) =>
    refusalOf(await call("POST", `/v2.1/servers/${server}/action`, { body: { "os-stop": null } }));
  expect(await stop(building)).toEqual([409, `Instance ${building} is locked`]);
  await call("POST", `/v2.1/servers/${building}/action`, { body: { unlock: null } });
  expect(await stop(building)).toEqual([409, `Instance ${building} is not ready`]);
  expect(await stop(id)).toEqual([
    409,
    `Cannot 'stop' instance ${id} while it is in vm_state stopped`,
  ]);
  const { id: busy } = await seedServer(
    table,
    settledServer("active", {
      motion: motionTo("softReboot", "active", "active", 900),
      launched: null,
    }),
  );
  expect(await stop(busy)).toEqual([
    409,
    `Cannot 'stop' instance ${busy} while it is in task_state rebooting`,
  ]);
  const { id: never } = await seedServer(table, settledServer("active", { launched: null }));
  expect(await stop(never)).toEqual([409, `Instance ${never} is in an invalid state for 'stop'`]);
  expect(refusalOf(await act("os-start"))).toBeNull();
});

test("E-02: repeating start or stop does nothing", async () => {
  const { act, pass, id } = await startOneServer("active");
  const refused = async (action: string) => refusalOf(await act(action));

  expect(await refused("os-start")).toEqual([
    409,
    `Cannot 'start' instance ${id} while it is in vm_state active`,
  ]);
  expect(await refused("os-stop")).toBeNull();
  expect(await refused("os-stop")).toEqual([
    409,
    `Cannot 'stop' instance ${id} while it is in task_state powering-off`,
  ]);
  pass(1_000);
  expect(await refused("os-stop")).toEqual([
    409,
    `Cannot 'stop' instance ${id} while it is in vm_state stopped`,
  ]);
  expect(await refused("os-start")).toBeNull();
  expect(await refused("os-start")).toEqual([
    409,
    `Cannot 'start' instance ${id} while it is in task_state powering-on`,
  ]);
});

// Measured on Nova 26.2.2.
const stateCases: readonly [motion: Motion, (string | number | null)[]][] = [
  [motionTo("stop", "active", "stopped", 900), ["active", "powering-off", 1, "ACTIVE"]],
  [motionTo("start", "stopped", "active", 900), ["stopped", "powering-on", 4, "SHUTOFF"]],
  [motionTo("delete", "active", "deleted", 400), ["active", "deleting", 1, "ACTIVE"]],
  [motionTo("softReboot", "active", "active", 900), ["active", "rebooting", 1, "REBOOT"]],
  [motionTo("hardReboot", "active", "active", 900), ["active", "rebooting_hard", 1, "HARD_REBOOT"]],
  [motionTo("rebuild", "active", "active", 900), ["active", "rebuilding", 1, "REBUILD"]],
  [motionTo("resize", "active", "resized", 900), ["active", "resize_prep", 1, "RESIZE"]],
  [motionTo("resize", "active", "resized", 0), ["resized", null, 1, "VERIFY_RESIZE"]],
  [motionTo("create", "building", "active", 950), ["building", "scheduling", 0, "BUILD"]],
  [
    motionTo("shelve", "active", "shelved_offloaded", 0),
    ["shelved_offloaded", null, 4, "SHELVED_OFFLOADED"],
  ],
];

test.each(stateCases.map(([motion, tuple]) => [tuple.join(", "), motion, tuple] as const))(
  "E-04: during %s: a power transition is a task and no status",
  async (_name, motion, tuple) => {
    expect(Object.values(observe(motion, startTime))).toEqual(tuple.slice(0, 2));
    const { state } = await startOneServer("active", { motion });
    expect(await state()).toEqual(tuple);
  },
);

test.each([
  ["os-start", null, "is not ready", "in vm_state building"],
  ["os-stop", null, "is not ready", "in vm_state building"],
  ["os-getVNCConsole", { type: "novnc" }, "is not ready", "is not ready"],
  ["createImage", { name: "snap" }, "in vm_state building", "in vm_state building"],
  ["reboot", { type: "SOFT" }, "in vm_state building", "in vm_state building"],
  ["pause", null, "in vm_state building", "in vm_state building"],
])(
  "E-40: %s of a server that is being built is refused by its current state",
  async (action, body, first, then) => {
    const { act, pass } = await startOneServer("active", {
      motion: motionTo("create", "building", "active", 950),
      launched: startTime + 950,
    });
    for (const words of [first, then]) {
      expect(refusalOf(await act(action, body))).toEqual([
        409,
        expect.stringMatching(new RegExp(`[Ii]nstance .* ${words}$`)),
      ]);
      pass(100);
    }
  },
);

test.each([
  ["os-stop", "stop"],
  ["pause", "pause"],
  ["suspend", "suspend"],
])(
  "E-40: %s of a server that never came up is refused, even in an allowed state",
  async (action, method) => {
    const { act, id } = await startOneServer("active", { launched: null });
    expect(refusalOf(await act(action))).toEqual([
      409,
      `Instance ${id} is in an invalid state for '${method}'`,
    ]);
  },
);

test("E-06: a soft reboot needs a running server without task, a hard one accepts nearly any state", async () => {
  const soft = ["SOFT", "Soft", "soft"];
  const hard = ["HARD", "Hard", "hard"];
  const reboot = (act: Awaited<ReturnType<typeof startOneServer>>["act"], type: string) =>
    act("reboot", { type });
  for (const vm of ["stopped", "paused", "suspended", "error"] as const) {
    const { act, id, pass, state } = await startOneServer(vm);
    for (const type of soft)
      expect(refusalOf(await reboot(act, type))).toEqual([
        409,
        `Cannot 'reboot' instance ${id} while it is in vm_state ${vm}`,
      ]);
    expect(refusalOf(await reboot(act, "Hard"))).toBeNull();
    pass(1_000);
    expect(await state()).toEqual(["active", null, 1, "ACTIVE"]);
  }

  const { act, id, state } = await startOneServer();
  expect(refusalOf(await reboot(act, "soft"))).toBeNull();
  expect(refusalOf(await reboot(act, "SOFT"))).toEqual([
    409,
    `Cannot 'reboot' instance ${id} while it is in task_state rebooting`,
  ]);
  for (const type of hard) expect(refusalOf(await reboot(act, type))).toBeNull();
  expect(await state()).toEqual(["active", "rebooting_hard", 1, "HARD_REBOOT"]);
  for (const type of ["hARD", "", "reset"]) expect((await reboot(act, type)).status).toBe(400);

  for (const action of ["pause", "suspend"] as const) {
    const busy = await startOneServer("active");
    await busy.act(action);
    expect((await reboot(busy.act, "SOFT")).status).toBe(409);
    expect((await reboot(busy.act, "HARD")).status).toBe(202);
  }
});

test("E-05, E-07: only a lock prevents a delete", async () => {
  for (const motion of [
    motionTo("create", "building", "active", 950),
    motionTo("stop", "active", "stopped", 900),
    motionTo("createImage", "active", "active", 900),
    motionTo("rebuild", "active", "active", 900),
  ]) {
    const { call, path, act, id } = await startOneServer("active", { motion });
    const remove = () => call("DELETE", path);
    await act("lock");
    expect(refusalOf(await remove())).toEqual([409, `Instance ${id} is locked`]);
    await act("unlock");
    for (let again = 0; again < 2; again++) {
      const { status, text } = await remove();
      expect([status, text]).toEqual([204, ""]);
    }
  }
});
