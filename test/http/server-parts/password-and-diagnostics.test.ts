import { describe, expect, test } from "vitest";
import { startWithServer } from "../../support/with-server.ts";

test("a guest sets no password, and none can be cleared", async () => {
  const { part } = await startWithServer();
  expect((await part("GET", "os-server-password")).json).toEqual({ password: "" });
  const cleared = await part("DELETE", "os-server-password");
  expect([cleared.status, cleared.text]).toEqual([204, ""]);
  expect((await part("DELETE", "os-server-password", undefined, "2.1", "reader")).status).toBe(403);
  expect((await part("GET", "os-server-password", undefined, "2.1", "alt_demo")).status).toBe(404);
});

test("topology and migrations are empty, from their versions on", async () => {
  const { part } = await startWithServer();
  const missing = { itemNotFound: { message: "The resource could not be found.", code: 404 } };
  expect((await part("GET", "topology", undefined, "2.77")).json).toEqual(missing);
  expect((await part("GET", "topology", undefined, "2.78")).json).toEqual({
    nodes: [],
    pagesize_kb: null,
  });
  expect((await part("GET", "migrations", undefined, "2.22")).json).toEqual(missing);
  expect((await part("GET", "migrations", undefined, "2.23")).status).toBe(403);
  expect((await part("GET", "migrations", undefined, "2.23", "admin")).json).toEqual({
    migrations: [],
  });
});

describe("diagnostics", () => {
  test("are for administrators, and for a running server", async () => {
    const { part, act, pass, id } = await startWithServer();
    const ask = (version: string, as = "admin") =>
      part("GET", "diagnostics", undefined, version, as);
    expect((await ask("2.1", "demo")).status).toBe(403);
    expect((await ask("2.47")).json).toMatchObject({ memory: 524_288, cpu0_time: 0, vda_read: 0 });
    expect((await ask("2.48")).json).toMatchObject({
      state: "running",
      uptime: 3_599,
      num_cpus: 1,
      nic_details: [{ mac_address: "fa:16:3e:00:00:04" }],
      memory_details: { maximum: 512 },
    });
    await act({ "os-stop": null });
    pass(1_000);
    expect((await ask("2.48")).json.conflictingRequest.message).toBe(
      `Cannot 'get_diagnostics' instance ${id} while it is in power state shutdown`,
    );
  });
});
