import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { startCloudWithConsole } from "../../support/console-requests.ts";
import { rawHttpRequest } from "../../support/raw-http-request.ts";

/** Nova's default, in milliseconds. */
const lifetimeMs = 600_000;

test("S1-14: the URL answers GET and CONNECT while the token is valid", async () => {
  const { at, getConsole, pass } = await startCloudWithConsole();
  const { url } = (await getConsole()).json.console;
  const target = url.slice(at.length);

  pass(lifetimeMs - 1);

  expect((await rawHttpRequest(at, "GET", target)).statusLine).toBe("HTTP/1.1 200 OK");
  const { status } = await rawHttpRequest(at, "CONNECT", target);
  expect(status).toBeGreaterThan(0);
  expect(status).not.toBe(404);
});

test("S1-15: the URL serves a page to a browser, and none for an invalid token", async () => {
  const { at, id, getConsole, open, pass } = await startCloudWithConsole();
  const { url } = (await getConsole()).json.console;

  const page = await open(url);
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toMatch(/^text\/html\b/);
  expect(page.text).toContain(id);

  const forged = `${at}/console?token=00000000-0000-4000-8000-000000000000`;
  pass(lifetimeMs);
  for (const refused of [await open(forged), await open(`${at}/console?token=`), await open(url)]) {
    expect(refused.status).toBe(401);
    expect(refused.text).not.toContain(id);
  }
});

test("S1-31: a token is valid for 600 s to the millisecond, even while its item still exists", async () => {
  const { table, getConsole, open, pass } = await startCloudWithConsole();
  const { url } = (await getConsole()).json.console;

  pass(lifetimeMs - 1);
  expect((await open(url)).status).toBe(200);

  pass(1);
  expect((await open(url)).status).toBe(401);
  const { Count } = await table.documentClient.send(
    new ScanCommand({
      TableName: table.name,
      FilterExpression: "begins_with(pk, :console)",
      ExpressionAttributeValues: { ":console": "CONSOLE#" },
    }),
  );
  expect(Count).toBe(1);
});
