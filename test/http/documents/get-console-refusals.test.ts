import { expect, test, vi } from "vitest";
import { beginCreate } from "../../../lambdas/compute/model/lifecycle.ts";
import { openTable } from "../../../lambdas/database/table.ts";
import { openBackend } from "../../../lambdas/deployed/backend.ts";
import type { Backend } from "../../../lambdas/ports/backend.ts";
import { startCloud, startTime } from "../../support/cloud.ts";
import { consoleRequestBody, startCloudWithConsole } from "../../support/console-requests.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

test("S1-22: a malformed body, an unknown type and a missing type return 400 badRequest", async () => {
  const { getConsole } = await startCloudWithConsole();
  const bodies = [
    '{"os-getVNCConsole": {"type": "xvpvnc"}',
    "",
    { "os-getVNCConsole": { type: "spice-html5" } },
    { "os-getVNCConsole": {} },
  ];

  for (const body of bodies) {
    const { status, json } = await getConsole({ body });
    expect([status, Object.keys(json), json.badRequest?.code]).toEqual([400, ["badRequest"], 400]);
  }
});

test("S1-23: a missing, an invented and an expired token return 401 unauthorized", async () => {
  const { getConsole, token, pass } = await startCloudWithConsole();
  const old = await token();
  pass(3_600_000);

  for (const shown of ["", "made-up", old]) {
    const { status, json } = await getConsole({ as: null, headers: { "x-auth-token": shown } });
    expect([status, json.unauthorized?.code]).toEqual([401, 401]);
  }
});

test("S1-24: a caller with only the reader role gets 403 forbidden", async () => {
  const { getConsole } = await startCloudWithConsole();

  const { status, json } = await getConsole({ as: "reader" });

  expect([status, json.forbidden?.code]).toEqual([403, 403]);
});

test("S1-25: any method except POST on the action path returns 405 badMethod", async () => {
  const { call, path } = await startCloudWithConsole();

  for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
    const { status, headers, json } = await call(method, path);
    expect([method, status, json.badMethod?.code, headers.get("allow")]).toEqual([
      method,
      405,
      405,
      "POST",
    ]);
  }
});

test("S1-26: a server that is being built or deleted has no console: 409 conflictingRequest", async () => {
  const { table, call, pass } = await startCloud();
  const { id } = await seedServer(
    table,
    settledServer("active", { motion: beginCreate("create", startTime) }),
  );
  const ask = async () => {
    const { status, json } = await call("POST", `/servers/${id}/action`, {
      body: consoleRequestBody,
    });
    return [status, json.conflictingRequest?.message];
  };
  const notReady = [409, `Instance ${id} is not ready`];

  expect(await ask()).toEqual(notReady);
  pass(999);
  expect(await ask()).toEqual(notReady);
  pass(1);
  expect(await ask()).toEqual([200, undefined]);
  await call("DELETE", `/servers/${id}`);
  expect(await ask()).toEqual([
    409,
    `Cannot 'get_vnc_console' instance ${id} while it is in task_state deleting`,
  ]);
});

test("S1-27: exceeding a limit returns 413 overLimit with Retry-After", async () => {
  const { call, now } = await startCloud();
  const server = { name: "many", imageRef: "70a599e0-31e7-49b7-b260-868f441e862b", flavorRef: "1" };

  const { status, headers, json } = await call("POST", "/servers", {
    body: { server: { ...server, min_count: 11, max_count: 11 } },
  });

  expect(status).toBe(413);
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Object.keys(json)).toEqual(["overLimit"]);
  expect(json.overLimit).toMatchObject({ code: 413, message: expect.stringMatching(/^Quota/) });
  expect(Date.parse(json.overLimit.retryAt)).toBeGreaterThan(now());
});

test("S1-28: an internal error returns 500 computeFault and is logged", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const bug = new Error("a bug");
  const faulty: Partial<Backend> = {
    get revocations(): never {
      throw bug;
    },
  };
  const { call } = await startCloud({ backend: () => faulty as Backend });

  const { status, text, json } = await call("POST", "/servers/any/action", {
    body: consoleRequestBody,
  });

  expect([status, Object.keys(json), json.computeFault?.code]).toEqual([
    500,
    ["computeFault"],
    500,
  ]);
  expect(text).not.toContain("a bug");
  expect(logged.mock.calls).toEqual([[bug]]);
  logged.mockRestore();
});

test("S1-29: when DynamoDB is unavailable the response is 503 serviceUnavailable with Retry-After", async () => {
  const nowhere = openTable("novaless", {
    endpoint: "http://127.0.0.1:1",
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const { call } = await startCloud({ backend: () => openBackend(nowhere) });

  const { status, headers, json } = await call("POST", "/servers/any/action", {
    body: consoleRequestBody,
  });

  expect([status, Object.keys(json), json.serviceUnavailable?.code]).toEqual([
    503,
    ["serviceUnavailable"],
    503,
  ]);
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
});

test("S1-30: an unknown server returns 404 itemNotFound", async () => {
  const { call } = await startCloud();
  const id = "2f9a3c1e-7a55-4a1b-9d55-0c5c3f1f8f10";

  const { status, json } = await call("POST", `/servers/${id}/action`, {
    body: consoleRequestBody,
  });

  expect(status).toBe(404);
  expect(json).toEqual({
    itemNotFound: { message: `Instance ${id} could not be found.`, code: 404 },
  });
});
