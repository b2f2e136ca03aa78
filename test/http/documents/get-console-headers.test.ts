import { expect, test } from "vitest";
import {
  consoleRequestBody,
  startCloudWithConsole,
  uuid4,
} from "../../support/console-requests.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";

async function requestConsole() {
  const { at, path, token } = await startCloudWithConsole();
  return rawHttpRequest(at, "POST", path, {
    headers: { "x-auth-token": await token() },
    body: JSON.stringify(consoleRequestBody),
  });
}

test("S1-17: Content-Type is application/json without charset", async () => {
  expect((await requestConsole()).header("content-type")).toBe("application/json");
});

test("S1-18: the response has one Date header", async () => {
  const { headers } = await requestConsole();

  const dates = headers.filter(([name]) => name === "date").map(([, value]) => value);
  expect(dates).toEqual([expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/)]);
});

test("S1-19: the Server header names the service", async () => {
  expect((await requestConsole()).header("server")).toBe("Novaless");
});

test("S1-20: the response has no Via header, which a proxy added to the sample", async () => {
  expect((await requestConsole()).header("via")).toBe(undefined);
});

test("S1-21: X-Compute-Request-Id is 'req-' and a UUID, new for each request", async () => {
  const { getConsole, call } = await startCloudWithConsole();

  const ids = [await getConsole(), await getConsole(), await call("GET", "/servers/nowhere")].map(
    ({ headers }) => headers.get("x-compute-request-id"),
  );

  for (const id of ids) expect(id).toMatch(new RegExp(`^req-${uuid4.source}$`));
  expect(new Set(ids).size).toBe(3);
});
