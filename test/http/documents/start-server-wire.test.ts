import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { type VmState, vmStates } from "../../../lambdas/compute/model/lifecycle.ts";
import { startCloud } from "../../support/cloud.ts";
import { uuid4 } from "../../support/console-requests.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const demoProjectId = projects.demo.id;
const sampleBody = '{ "os-start" : null }';

async function startRawStart(vm: VmState = "stopped") {
  const cloud = await startCloud();
  const { id } = await seedServer(cloud.table, settledServer(vm));
  const startIt = async (mount = "/v2", project: string = demoProjectId, body = sampleBody) =>
    rawHttpRequest(cloud.at, "POST", `${mount}/${project}/servers/${id}/action`, {
      headers: { "x-auth-token": await cloud.token(), "content-type": "application/json" },
      body,
    });
  return { ...cloud, id, startIt };
}

test("S5-13: start returns 409 unless the server is stopped", async () => {
  const { id, startIt } = await startRawStart("active");

  const { status, text } = await startIt();

  expect(status).toBe(409);
  expect(JSON.parse(text)).toEqual({
    conflictingRequest: {
      message: `Cannot 'start' instance ${id} while it is in vm_state active`,
      code: 409,
    },
  });
});

for (const vm of vmStates.filter((state) => !["active", "stopped", "deleted"].includes(state)))
  test(`S5-13: start returns 409 while vm_state is ${vm}`, async () => {
    const { startIt } = await startRawStart(vm);

    expect((await startIt()).status).toBe(409);
  });

test("S5-13: start returns 409 until the server has stopped", async () => {
  const { startIt, call, id, pass } = await startRawStart("active");
  await call("POST", `/v2/${demoProjectId}/servers/${id}/action`, { body: { "os-stop": null } });

  pass(999);
  const { status, text } = await startIt();
  expect(status).toBe(409);
  expect(text).toContain("while it is in vm_state active");

  pass(1);
  expect((await startIt()).status).toBe(202);
});

test("S5-14: a 202 response has no body", async () => {
  const { startIt } = await startRawStart();

  const { status, text, header } = await startIt();

  expect([status, text, header("content-length")]).toEqual([202, "", "0"]);
});

test("S5-15: status line and headers of a success equal the sample's", async () => {
  const { startIt } = await startRawStart();

  const { statusLine, header } = await startIt();

  expect(statusLine).toBe("HTTP/1.1 202 Accepted");
  expect(header("content-type")).toBe("text/html; charset=UTF-8");
  expect(header("content-length")).toBe("0");
  expect(header("x-compute-request-id")).toMatch(new RegExp(`^req-${uuid4.source}$`));
  expect(header("date")).toMatch(/ GMT$/);

  const today = await (await startRawStart()).startIt("/v2.1");
  expect([today.header("content-type"), today.header("content-length")]).toEqual([
    "application/json",
    "0",
  ]);
});

test("S5-16: a project id with a digit that is not hexadecimal returns the same 400 of 188 bytes", async () => {
  const { startIt } = await startRawStart();
  const odd = `g${demoProjectId.slice(1)}`;

  const { status, text, header } = await startIt("/v2", odd);

  expect(status).toBe(400);
  expect(text).toBe(
    `{"badRequest": {"message": "Malformed request URL: URL's project_id '${odd}' doesn't match Context's project_id '${demoProjectId}'", "code": 400}}`,
  );
  expect(header("content-length")).toBe("188");
  expect(header("content-type")).toBe("application/json; charset=UTF-8");
  // Current Nova does not route this path.
  expect((await startIt("/v2.1", odd)).status).toBe(404);
});

test("S5-17: os-start accepts any value; the failing sample's body had 16 bytes", async () => {
  expect(Buffer.byteLength('{"os-start": ""}')).toBe(16);

  for (const body of ['{"os-start": ""}', '{"os-start":{"a":[1]}}', '{"os-start":false}']) {
    const { startIt } = await startRawStart();
    expect([body, (await startIt("/v2", demoProjectId, body)).status]).toEqual([body, 202]);
  }
});

test("S5-18: of 200 concurrent starts of one stopped server one returns 202 and all others 409", async () => {
  const { startIt } = await startRawStart();

  const answers = await Promise.all(Array.from({ length: 200 }, () => startIt()));

  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  expect(counts).toEqual({ 202: 1, 409: 199 });
});
