import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { beginCreate } from "../../../lambdas/compute/model/lifecycle.ts";
import { startTime } from "../../support/cloud.ts";
import { computeMountsOf } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";
import { startWithServer } from "../../support/with-server.ts";

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

async function startWithConsoles(vm: "active" | "stopped" = "active") {
  const cloud = await startWithServer({}, vm);
  return {
    ...cloud,
    ask: (protocol: unknown, type: unknown, version = "2.8", as = "demo") =>
      cloud.part("POST", "remote-consoles", { remote_console: { protocol, type } }, version, as),
  };
}

const unavailableTypes = [
  ["os-getSPICEConsole", "spice-html5"],
  ["os-getRDPConsole", "rdp-html5"],
] as const;

describe("E-34: remote consoles", () => {
  for (const [protocol, type, end] of [
    ["vnc", "novnc", "/console/vnc_auto.html\\?path=%3Ftoken%3D"],
    ["vnc", "xvpvnc", "/console\\?token="],
    ["serial", "serial", "/\\?token="],
  ] as const)
    test(`${protocol} has ${type}, for a stopped server too`, async () => {
      const { ask, at } = await startWithConsoles("stopped");
      const { status, json } = await ask(protocol, type);
      expect([status, Object.keys(json.remote_console)]).toEqual([
        200,
        ["protocol", "type", "url"],
      ]);
      expect(json.remote_console).toMatchObject({ protocol, type });
      const origin = protocol === "serial" ? at.replace("http", "ws") : at;
      expect(json.remote_console.url).toMatch(new RegExp(`^${origin}${end}${uuid}$`));
    });

  test("a disabled type is unavailable, and a wrong combination is invalid: 400", async () => {
    const { ask } = await startWithConsoles();
    for (const [protocol, type, message] of [
      ["rdp", "rdp-html5", "Unavailable console type rdp-html5."],
      ["mks", "webmks", "Unavailable console type webmks."],
      ["spice", "spice-html5", "Unavailable console type spice-html5."],
      ["spice", "novnc", "Unavailable console type novnc."],
      ["vnc", "serial", "Invalid console type serial"],
      ["serial", "novnc", "Invalid console type novnc"],
    ])
      expect((await ask(protocol, type)).json).toEqual({ badRequest: { message, code: 400 } });
  });

  test("mks is a protocol from 2.8 on, and spice-direct a type from 2.99 on", async () => {
    const { ask, part } = await startWithConsoles();
    expect((await ask("mks", "webmks", "2.7")).json.badRequest.message).toBe(
      "Invalid input for field/attribute protocol. Value: mks. 'mks' is not one of ['vnc', 'spice', 'serial', 'rdp']",
    );
    expect((await ask("vnc", "webmks", "2.7")).json.badRequest.message).toContain("is not one of");
    expect((await ask("spice", "spice-direct", "2.96")).status).toBe(400);
    for (const body of [{}, { remote_console: { type: "novnc" } }, { remote_console: {} }])
      expect((await part("POST", "remote-consoles", body, "2.6")).status).toBe(400);
  });

  test("remote consoles exist from 2.6 on, and the actions until 2.5", async () => {
    const { ask, part } = await startWithConsoles();
    const missing = { itemNotFound: { message: "The resource could not be found.", code: 404 } };
    expect((await ask("vnc", "novnc", "2.5")).json).toEqual(missing);
    for (const [action, type] of [
      ["os-getVNCConsole", "novnc"],
      ["os-getVNCConsole", "xvpvnc"],
      ["os-getSerialConsole", "serial"],
    ]) {
      const body = { [String(action)]: { type } };
      const { json } = await part("POST", "action", body, "2.5");
      expect(json.console.type).toBe(type);
      expect(json.console.url).toMatch(new RegExp(`${uuid}$`));
      expect((await part("POST", "action", body, "2.6")).json).toEqual(missing);
    }
    for (const [action, type] of unavailableTypes) {
      const body = { [action]: { type } };
      const message = `Unavailable console type ${type}.`;
      expect((await part("POST", "action", body)).json).toEqual({
        badRequest: { message, code: 400 },
      });
      expect((await part("POST", "action", body, "2.6")).json).toEqual(missing);
    }
  });

  test("role, existence and state are checked before the type", async () => {
    const { ask, act, call, id, table } = await startWithConsoles();
    const hasNoHost = (
      await seedServer(table, settledServer("active", { motion: beginCreate("create", startTime) }))
    ).id;
    const unbuilt = await seedServer(
      table,
      settledServer("active", { motion: beginCreate("create", startTime - 500) }),
    );
    const from = (server: string, protocol: string, type: string) =>
      call("POST", `/v2.1/servers/${server}/remote-consoles`, {
        headers: { "openstack-api-version": "compute 2.8" },
        body: { remote_console: { protocol, type } },
      });
    expect((await ask("mks", "webmks", "2.8", "reader")).status).toBe(403);
    expect((await from(randomUUID(), "mks", "webmks")).status).toBe(404);
    expect((await from(hasNoHost, "mks", "webmks")).json.conflictingRequest.message).toBe(
      `Instance ${hasNoHost} is not ready`,
    );
    // The server has a host but no machine yet: Nova's host checks the type first.
    expect((await from(unbuilt.id, "mks", "webmks")).json.badRequest.message).toBe(
      "Unavailable console type webmks.",
    );
    expect((await from(unbuilt.id, "vnc", "novnc")).json.conflictingRequest.message).toBe(
      `Instance ${unbuilt.id} is not ready`,
    );

    await call("DELETE", `/v2.1/servers/${id}`);
    for (const [protocol, type] of [
      ["vnc", "novnc"],
      ["serial", "serial"],
      ["spice", "spice-html5"],
      ["rdp", "rdp-html5"],
      ["mks", "webmks"],
    ])
      expect((await ask(protocol, type)).json.conflictingRequest.message).toBe(
        `Cannot 'get_${protocol}_console' instance ${id} while it is in task_state deleting`,
      );
    for (const [action, type, method] of [
      ["os-getVNCConsole", "xvpvnc", "get_vnc_console"],
      ["os-getSerialConsole", "serial", "get_serial_console"],
      ["os-getSPICEConsole", "spice-html5", "get_spice_console"],
      ["os-getRDPConsole", "rdp-html5", "get_rdp_console"],
    ])
      expect((await act({ [String(action)]: { type } })).json.conflictingRequest.message).toBe(
        `Cannot '${method}' instance ${id} while it is in task_state deleting`,
      );
  });

  test("readers, other projects and servers being deleted have no console", async () => {
    const { ask, call, id } = await startWithConsoles();
    expect((await ask("vnc", "novnc", "2.8", "reader")).status).toBe(403);
    expect((await ask("vnc", "novnc", "2.8", "alt_demo")).status).toBe(404);
    expect((await ask("vnc", "novnc", "2.8", "admin")).status).toBe(200);
    await call("DELETE", `/v2.1/servers/${id}`);
    expect((await ask("vnc", "novnc")).json.conflictingRequest.message).toBe(
      `Cannot 'get_vnc_console' instance ${id} while it is in task_state deleting`,
    );
  });

  test("mounts without microversions have the actions", async () => {
    const { call, id } = await startWithConsoles();
    for (const { path, withCredentials } of computeMountsOf("nova-v2", "rackspace", "flexcloud"))
      for (const [action, type] of [
        ["os-getSerialConsole", "serial"],
        ...unavailableTypes,
      ] as const) {
        const body = { [action]: { type } };
        const reply = await call("POST", `${path}/servers/${id}/action`, withCredentials({ body }));
        expect([reply.status, reply.json.console?.type]).toEqual(
          type === "serial" ? [200, "serial"] : [400, undefined],
        );
      }
  });
});

describe("the connection of a console token", () => {
  const show = (
    { call }: Awaited<ReturnType<typeof startWithConsoles>>,
    token: string,
    version = "2.31",
    as = "admin",
  ) =>
    call("GET", `/v2.1/os-console-auth-tokens/${token}`, {
      as,
      headers: { "openstack-api-version": `compute ${version}` },
    });

  test("is shown to an administrator while the token is valid", async () => {
    const cloud = await startWithConsoles();
    const { json } = await cloud.ask("serial", "serial");
    const token = new URL(json.remote_console.url).searchParams.get("token") ?? "";
    expect((await show(cloud, token)).json).toEqual({
      console: {
        instance_uuid: cloud.id,
        host: "127.0.0.1",
        port: Number(new URL(cloud.at).port),
        internal_access_path: null,
      },
    });
    expect((await show(cloud, token, "2.30")).status).toBe(400);
    expect((await show(cloud, token, "2.31", "demo")).status).toBe(403);
    cloud.pass(600_000);
    expect((await show(cloud, token)).json.itemNotFound.message).toBe("Token not found");
  });

  test("is not found for an unknown token or a deleted server", async () => {
    const cloud = await startWithConsoles();
    expect((await show(cloud, "nonsense")).json.itemNotFound.message).toBe("Token not found");
    const { json } = await cloud.ask("serial", "serial");
    const token = new URL(json.remote_console.url).searchParams.get("token") ?? "";
    await cloud.call("DELETE", `/v2.1/servers/${cloud.id}`);
    cloud.pass(1_000);
    expect((await show(cloud, token)).json.itemNotFound.message).toBe("Token not found");
  });
});
