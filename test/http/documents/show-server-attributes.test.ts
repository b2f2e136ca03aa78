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

/** What the executed sample, which a user made, does not show. */
async function expectAdminOnly(attribute: string): Promise<void> {
  const { show } = await startShownServer();

  expect(await show()).not.toHaveProperty([attribute]);
  expect((await show("admin"))[attribute]).toMatch(/^.{1,255}$/);
}

test("S4-15: OS-EXT-SRV-ATTR:host is shown to administrators alone", () =>
  expectAdminOnly("OS-EXT-SRV-ATTR:host"));

test("S4-16: OS-EXT-SRV-ATTR:hypervisor_hostname is shown to administrators alone", () =>
  expectAdminOnly("OS-EXT-SRV-ATTR:hypervisor_hostname"));

test("S4-17: OS-EXT-SRV-ATTR:instance_name is shown to administrators alone", () =>
  expectAdminOnly("OS-EXT-SRV-ATTR:instance_name"));

test("S4-18: OS-EXT-STS:power_state is a number, 1 while the server runs", async () => {
  const { show, act, pass } = await startShownServer();
  expect((await show())["OS-EXT-STS:power_state"]).toBe(1);

  await act({ "os-stop": null });
  pass(1_000);

  expect((await show())["OS-EXT-STS:power_state"]).toBe(4);
});

test("S4-19: OS-EXT-STS:task_state names what is under way, and is null otherwise", async () => {
  const { show, act, pass } = await startShownServer();
  const task = async () => (await show())["OS-EXT-STS:task_state"];
  expect(await task()).toBe(null);

  await act({ "os-stop": null });
  expect(await task()).toBe("powering-off");
  pass(1_000);

  expect(await task()).toBe(null);
});

test("S4-20: OS-EXT-STS:vm_state is the state in Nova's own word", async () => {
  const { show, act, pass } = await startShownServer();
  expect((await show())["OS-EXT-STS:vm_state"]).toBe("active");

  await act({ "os-stop": null });
  pass(1_000);

  expect((await show())["OS-EXT-STS:vm_state"]).toBe("stopped");
});

test("S4-21: OS-SRV-USG:launched_at has six digits of a second and no Z", async () => {
  const { show } = await startShownServer({ launched: Date.UTC(2014, 6, 24, 0, 26, 12) });

  expect((await show())["OS-SRV-USG:launched_at"]).toBe("2014-07-24T00:26:12.000000");
});

test("S4-22: OS-SRV-USG:terminated_at is null until the server is gone, then of the same form", async () => {
  const { show, call, path, pass, id } = await startShownServer();
  expect((await show())["OS-SRV-USG:terminated_at"]).toBe(null);

  await call("DELETE", path);
  pass(500);

  const since = `/v2/${projects.demo.id}/servers/detail?changes-since=2026-01-01T00:00:00Z`;
  const [gone] = (await call("GET", since)).json.servers;
  expect(gone.id).toBe(id);
  expect(gone["OS-SRV-USG:terminated_at"]).toBe("2026-01-15T12:00:00.500000");
});

test("S4-30: config_drive is empty, or True where there is one", async () => {
  expect((await (await startShownServer()).show()).config_drive).toBe("");
  expect((await (await startShownServer({ configDrive: true })).show()).config_drive).toBe("True");
});

test("S4-38: key_name is null where there is no key, and a name otherwise", async () => {
  expect((await (await startShownServer()).show()).key_name).toBe(null);
  expect((await (await startShownServer({ keyName: "mine" })).show()).key_name).toBe("mine");
});

test("S4-43: progress is the number 0 while the server is ACTIVE", async () => {
  const { show } = await startShownServer();

  expect(await show()).toMatchObject({ status: "ACTIVE", progress: 0 });
});

test("S4-44: security_groups lists each group by its name", async () => {
  const { show } = await startShownServer({ securityGroups: ["default", "web"] });

  expect((await show()).security_groups).toEqual([{ name: "default" }, { name: "web" }]);
});

test("S4-45: status says how the server is", async () => {
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
