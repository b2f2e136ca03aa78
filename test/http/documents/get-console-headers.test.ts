import { expect, test } from "vitest";
import { askForConsole, cloudWithConsole, uuid4 } from "../../support/consoles.ts";
import { raw } from "../../support/raw.ts";

async function answered() {
  const { at, path, token } = await cloudWithConsole();
  return raw(at, "POST", path, {
    headers: { "x-auth-token": await token() },
    body: JSON.stringify(askForConsole),
  });
}

test("S1-17: Content-Type is application/json, with no charset", async () => {
  expect((await answered()).header("content-type")).toBe("application/json");
});

test("S1-18: there is one Date", async () => {
  const { headers } = await answered();

  const dates = headers.filter(([name]) => name === "date").map(([, value]) => value);
  expect(dates).toEqual([expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/)]);
});

test("S1-19: Server says who answers", async () => {
  expect((await answered()).header("server")).toBe("Novaless");
});

test("S1-20: Via, which a proxy left in the sample, is not made up", async () => {
  expect((await answered()).header("via")).toBe(undefined);
});

test("S1-21: X-Compute-Request-Id is req- and a UUID, new with each request", async () => {
  const { getConsole, call } = await cloudWithConsole();

  const ids = [await getConsole(), await getConsole(), await call("GET", "/servers/nowhere")].map(
    ({ headers }) => headers.get("x-compute-request-id"),
  );

  for (const id of ids) expect(id).toMatch(new RegExp(`^req-${uuid4.source}$`));
  expect(new Set(ids).size).toBe(3);
});
