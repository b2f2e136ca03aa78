import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseAccount, chooseOtherAccount } from "../../infra/checks/account.ts";
import { runSmokeTest } from "../../infra/checks/smoke.ts";
import { type Engine, findFreePort, openEngine } from "../../infra/local/engine.ts";
import { startCloud, startTime } from "../support/cloud.ts";
import { readItems } from "../support/items.ts";
import { blockingFaults, injectedFaults } from "../support/smoke-faults.ts";
import { startTamperingProxy, type Tampering } from "../support/tampering-proxy.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.stop());

function fastClock() {
  const began = performance.now();
  const now = () => startTime + Math.round(20 * (performance.now() - began));
  return startCloud({ now }, engine);
}

async function runSmoke(origin: string, milliseconds = 30_000) {
  const endpoint = new URL(origin);
  const lines: string[] = [];
  const good = await runSmokeTest({
    endpoint,
    account: chooseAccount(endpoint, {}),
    otherAccount: chooseOtherAccount(endpoint, {}),
    signal: AbortSignal.timeout(milliseconds),
    print: (line) => lines.push(line),
  });
  const bad = lines.flatMap((line) => /^ {2}✗ (.*?)(?: {2}|$)/.exec(line)?.[1] ?? []);
  return { good, bad, lines };
}

async function findRemainingServers(table: Awaited<ReturnType<typeof startCloud>>["table"]) {
  const items = await readItems(table);
  return items.filter(
    (item) => item["sk"]?.S?.startsWith("SERVER#") && item["to"]?.S !== "deleted",
  );
}

test("a healthy cloud passes every check, and is left unchanged", async () => {
  const { at, table, unserved } = await fastClock();

  const { good, bad, lines } = await runSmoke(at);

  expect(bad).toEqual([]);
  expect(good).toBe(true);
  expect(lines.filter((line) => line.startsWith("  ✓"))).toHaveLength(27);
  expect(lines.at(-1)).toMatch(/^\n27 good, 0 bad, in \d+\.\d s$/);
  expect(await findRemainingServers(table)).toEqual([]);
  expect(unserved).toEqual([]);
});

test("each check detects its own fault, and no other does", async () => {
  const { at, table } = await fastClock();
  const run = async (those: typeof injectedFaults) => {
    const { good, bad } = await runSmoke(
      await startTamperingProxy(at, ...those.map(([, fault]) => fault)),
    );
    expect([good, bad]).toEqual([false, those.map(([check]) => check)]);
  };

  await Promise.all([
    run(injectedFaults.filter((_, number) => number % 2 === 0)),
    run(injectedFaults.filter((_, number) => number % 2 === 1)),
    ...blockingFaults.map((fault) => run([fault])),
  ]);

  expect(await findRemainingServers(table)).toEqual([]);
});

describe("a cloud that accepts requests and does nothing", () => {
  test.each([
    [
      "stop: it comes to be SHUTOFF",
      { requestPattern: /^POST/, bodyPattern: /os-stop/, skipFirst: 1 },
    ],
    ["delete: it is gone", { requestPattern: /^DELETE \/v2.1\/servers\/[^/]+$/, skipFirst: 2 }],
  ])("%s: the check waits for a bounded time", async (check, fault) => {
    const { at } = await fastClock();
    const status = check.startsWith("stop") ? 202 : 204;
    const lies = await startTamperingProxy(at, { ...fault, replacement: { status, body: "" } });

    const { good, bad, lines } = await runSmoke(lies, 4_000);

    expect([good, bad[0]]).toEqual([false, check]);
    expect(lines).toContain("  Out of time.");
    expect(lines.at(-1)).toMatch(/not reached/);
  });
});

describe("created resources are deleted", () => {
  test("when the response to the create is lost", async () => {
    const { at, table } = await fastClock();

    const { bad } = await runSmoke(
      await startTamperingProxy(at, { requestPattern: /^POST .*\/servers$/, losesResponse: true }),
    );

    expect(bad).toEqual(["two servers are created"]);
    expect(await findRemainingServers(table)).toEqual([]);
  });

  test("when the run is interrupted", async () => {
    const { at, table } = await fastClock();
    const endpoint = new URL(at);
    const stop = new AbortController();
    const lines: string[] = [];

    const good = await runSmokeTest({
      endpoint,
      account: chooseAccount(endpoint, {}),
      otherAccount: null,
      signal: stop.signal,
      print(line) {
        lines.push(line);
        if (line.includes("two servers are created")) stop.abort(new Error("Interrupted."));
      },
    });

    expect(good).toBe(false);
    expect(lines).toContain("  Interrupted.");
    expect(lines.at(-1)).toMatch(/^\n8 good, 0 bad, 19 not reached, /);
    expect(await findRemainingServers(table)).toEqual([]);
  });

  test("and a failed delete is reported", async () => {
    const { at } = await fastClock();
    const on = /^DELETE .*\/servers\/[^/]+$/;
    const refusing: Tampering = {
      requestPattern: on,
      skipFirst: 2,
      replacement: { status: 500, body: "" },
    };

    const { bad } = await runSmoke(await startTamperingProxy(at, refusing));

    expect(bad).toEqual([
      "delete: it is gone",
      expect.stringMatching(/^left behind: server /),
      expect.stringMatching(/^left behind: server /),
    ]);
  });
});

test("an unreachable endpoint prints one line", async () => {
  const { good, bad, lines } = await runSmoke(`http://127.0.0.1:${await findFreePort()}`);

  expect([good, bad[0]]).toEqual([false, "versions: compute says that v2.1 is current"]);
  expect(lines.join("\n")).toContain("ECONNREFUSED");
});
