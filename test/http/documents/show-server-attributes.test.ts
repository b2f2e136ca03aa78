import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { startShownServer } from "../../support/shown-server.ts";

test("S4-13: OS-DCF:diskConfig is MANUAL or AUTO", async () => {
  for (const diskConfig of ["MANUAL", "AUTO"] as const) {
    const { show } = await startShownServer({ diskConfig });
    expect((await show())["OS-DCF:diskConfig"]).toBe(diskConfig);
  }
});

test("S4-14: OS-EXT-AZ:availability_zone is the zone's name", async () => {
  const { show } = await startShownServer();

  expect((await show())["OS-EXT-AZ:availability_zone"]).toBe("nova");
});

/** The executed sample was made by a user, so it does not show this attribute. */
async function expectAdminOnly(attribute: string): Promise<void> {
  const { show } = await startShownServer();

  expect(await show()).not.toHaveProperty([attribute]);
  expect((await show("admin"))[attribute]).toMatch(/^.{1,255}$/);
}

test("S4-15: OS-EXT-SRV-ATTR:host is shown only to administrators", () =>
  expectAdminOnly("OS-EXT-SRV-ATTR:host"));

test("S4-16: OS-EXT-SRV-ATTR:hypervisor_hostname is shown only to administrators", () =>
  expectAdminOnly("OS-EXT-SRV-ATTR:hypervisor_hostname"));

test("S4-17: OS-EXT-SRV-ATTR:instance_name is shown only to administrators", () =>
  expectAdminOnly("OS-EXT-SRV-ATTR:instance_name"));

test("S4-18: OS-EXT-STS:power_state is a number, 1 while the server runs", async () => {
  const { show, act, pass } = await startShownServer();
  expect((await show())["OS-EXT-STS:power_state"]).toBe(1);

  await act({ "os-stop": null });
  pass(1_000);

  expect((await show())["OS-EXT-STS:power_state"]).toBe(4);
});

test("S4-19: OS-EXT-STS:task_state names the current task, and is null without one", async () => {
  const { show, act, pass } = await startShownServer();
  const task = async () => (await show())["OS-EXT-STS:task_state"];
  expect(await task()).toBe(null);

  await act({ "os-stop": null });
  expect(await task()).toBe("powering-off");
  pass(1_000);

  expect(await task()).toBe(null);
});

test("S4-20: OS-EXT-STS:vm_state is Nova's vm_state", async () => {
  const { show, act, pass } = await startShownServer();
  expect((await show())["OS-EXT-STS:vm_state"]).toBe("active");

  await act({ "os-stop": null });
  pass(1_000);

  expect((await show())["OS-EXT-STS:vm_state"]).toBe("stopped");
});

test("S4-21: OS-SRV-USG:launched_at has six fraction digits and no Z", async () => {
  const { show } = await startShownServer({ launched: Date.UTC(2014, 6, 24, 0, 26, 12) });

  expect((await show())["OS-SRV-USG:launched_at"]).toBe("2014-07-24T00:26:12.000000");
});

test("S4-22: OS-SRV-USG:terminated_at is null until the server is deleted, then has the same format", async () => {
  const { show, call, path, pass, id } = await startShownServer();
  expect((await show())["OS-SRV-USG:terminated_at"]).toBe(null);

  await call("DELETE", path);
  pass(500);

  const since = `/v2/${projects.demo.id}/servers/detail?changes-since=2026-01-01T00:00:00Z`;
  const [gone] = (await call("GET", since)).json.servers;
  expect(gone.id).toBe(id);
  expect(gone["OS-SRV-USG:terminated_at"]).toBe("2026-01-15T12:00:00.500000");
});

test("S4-30: config_drive is empty, or True with a config drive", async () => {
  expect((await (await startShownServer()).show()).config_drive).toBe("");
  expect((await (await startShownServer({ configDrive: true })).show()).config_drive).toBe("True");
});

test("S4-38: key_name is null without a key pair, and a name otherwise", async () => {
  expect((await (await startShownServer()).show()).key_name).toBe(null);
  expect((await (await startShownServer({ keyName: "mine" })).show()).key_name).toBe("mine");
});

test("S4-43: progress is the number 0 while the server is ACTIVE", async () => {
  const { show } = await startShownServer();

  expect(await show()).toMatchObject({ status: "ACTIVE", progress: 0 });
});

test("S4-44: security_groups lists the name of each group", async () => {
  const { show } = await startShownServer({ securityGroups: ["default", "web"] });

  expect((await show()).security_groups).toEqual([{ name: "default" }, { name: "web" }]);
});

test("S4-45: status is the server's status", async () => {
  const { show, act, pass } = await startShownServer();
  expect((await show()).status).toBe("ACTIVE");

  await act({ "os-stop": null });
  pass(1_000);

  expect((await show()).status).toBe("SHUTOFF");
});

test("S4-49: os-extended-volumes:volumes_attached is an empty list", async () => {
  const { show } = await startShownServer();

  expect((await show())["os-extended-volumes:volumes_attached"]).toEqual([]);
});
