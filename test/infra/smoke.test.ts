import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountFor, otherFor } from "../../infra/checks/account.ts";
import { smoke } from "../../infra/checks/smoke.ts";
import { type Engine, freePort, openEngine } from "../../infra/local/engine.ts";
import { cloud, start } from "../support/cloud.ts";
import { itemsOf } from "../support/items.ts";
import { type Tampering, tampered } from "../support/tampered.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.stop());

/** A cloud whose clock runs twenty times as fast, so that a second is soon over. */
function hurried() {
  const began = performance.now();
  const now = () => start + Math.round(20 * (performance.now() - began));
  return cloud({ now }, engine);
}

/** The checks that were not as they should be, and whether it was content. */
async function smoked(origin: string, milliseconds = 30_000) {
  const endpoint = new URL(origin);
  const lines: string[] = [];
  const good = await smoke({
    endpoint,
    account: accountFor(endpoint, {}),
    other: otherFor(endpoint, {}),
    signal: AbortSignal.timeout(milliseconds),
    say: (line) => lines.push(line),
  });
  const bad = lines.flatMap((line) => /^ {2}✗ (.*?)(?: {2}|$)/.exec(line)?.[1] ?? []);
  return { good, bad, lines };
}

async function serversLeft(table: Awaited<ReturnType<typeof cloud>>["table"]) {
  const items = await itemsOf(table);
  return items.filter(
    (item) => item["sk"]?.S?.startsWith("SERVER#") && item["to"]?.S !== "deleted",
  );
}

test("a cloud that is as it should be is found good, check by check, and is left as it was", async () => {
  const { at, table, unserved } = await hurried();

  const { good, bad, lines } = await smoked(at);

  expect(bad).toEqual([]);
  expect(good).toBe(true);
  expect(lines.filter((line) => line.startsWith("  ✓"))).toHaveLength(27);
  expect(lines.at(-1)).toMatch(/^\n27 good, 0 bad, in \d+\.\d s$/);
  expect(await serversLeft(table)).toEqual([]);
  expect(unserved).toEqual([]);
});

/** The first of some answers becomes another. */
function first(status: number, body = "{}"): Pick<Tampering, "becomes"> {
  let isOver = false;
  return {
    becomes(passed) {
      if (isOver) return passed;
      isOver = true;
      return { status, body };
    },
  };
}

type Fault = readonly [check: string, Tampering];

/** Faults that others do not stand in the way of, in the order of the checks that are to see them. */
const faults: readonly Fault[] = [
  [
    "versions: compute says that v2.1 is current",
    { on: /^GET \/$/, becomes: ({ body }) => ({ body: body.replace("CURRENT", "SUPPORTED") }) },
  ],
  [
    "a wrong password and a made-up token are refused",
    { on: /^GET \/v2.1\/servers$/, instead: { status: 200, body: '{"servers": []}' } },
  ],
  [
    "the token is told back what it is good for",
    { on: /^GET \/identity\/v3\/auth\/tokens/, instead: { status: 200, body: "{}" } },
  ],
  ["networks", { on: /^GET \/network/, instead: { status: 404, body: "" } }],
  [
    "the list comes in pages that are linked",
    {
      on: /^GET .*limit=1/,
      becomes: ({ body }) => ({ body: body.replace("servers_links", "links") }),
    },
  ],
  [
    "metadata is set, listed and taken away",
    { on: /^DELETE .*\/metadata\//, instead: { status: 204, body: "" } },
  ],
  [
    "another project's server is not found: 404",
    { on: /^DELETE .*\/servers\/[^/]+$/, ...first(204) },
  ],
  [
    "a novnc console opens",
    { on: /^GET \/console\/vnc/, becomes: () => ({ status: 401, body: "" }) },
  ],
  ["a xvpvnc console opens", { on: /^GET \/console\?/, becomes: () => ({ status: 500 }) }],
  [
    "a console says whom it speaks: RFB",
    { on: /^POST \/console\/exchange/, instead: { status: 200, body: "RFB 003.008\n" } },
  ],
  [
    "the console's log tells that it booted",
    { on: /^POST/, asking: /getConsoleOutput/, instead: { status: 200, body: '{"output": ""}' } },
  ],
  [
    "FlexCloud: it is shown and renamed with HTTP Basic",
    { on: /^PUT \/servers\//, instead: { status: 204, body: "" } },
  ],
  ["an active server is not started: 409", { on: /^POST/, asking: /os-start/, ...first(202) }],
  ["it is renamed", { on: /^PUT \/v2.1\//, instead: { status: 200, body: "{}" } }],
  [
    "a server that is not there is not found: 404",
    { on: /^GET \/v2.1\/servers\/0199340e/, instead: { status: 200, body: "{}" } },
  ],
  [
    "its actions are remembered",
    { on: /instance-actions/, becomes: ({ body }) => ({ body: body.replace("reboot", "stop") }) },
  ],
  [
    "the token is given back",
    { on: /^DELETE \/identity\/v3\/auth\/tokens/, becomes: () => ({ status: 200 }) },
  ],
];

/** Faults that leave much of the list unreached. */
const obstacles: readonly Fault[] = [
  ["a token, and a catalog", { on: /^POST \/identity\/v3\/auth\/tokens/, after: 1, ...first(200) }],
  ["images", { on: /^GET \/image\/v2\/images/, instead: { status: 200, body: '{"images": []}' } }],
  ["flavors", { on: /^GET .*\/flavors\/detail/, instead: { status: 503, body: "" } }],
  ["two servers are created", { on: /^POST \/v2.1\/servers$/, ...first(500) }],
];

test("each check sees the fault that it is for, and no other does", async () => {
  const { at, table } = await hurried();
  const run = async (those: typeof faults) => {
    const { good, bad } = await smoked(await tampered(at, ...those.map(([, fault]) => fault)));
    expect([good, bad]).toEqual([false, those.map(([check]) => check)]);
  };

  await Promise.all([
    run(faults.filter((_, number) => number % 2 === 0)),
    run(faults.filter((_, number) => number % 2 === 1)),
    ...obstacles.map((fault) => run([fault])),
  ]);

  expect(await serversLeft(table)).toEqual([]);
});

describe("a cloud that answers and does nothing", () => {
  test.each([
    ["stop: it comes to be SHUTOFF", { on: /^POST/, asking: /os-stop/, after: 1 }],
    ["delete: it is gone", { on: /^DELETE \/v2.1\/servers\/[^/]+$/, after: 2 }],
  ])("%s: that is waited for, and not for ever", async (check, fault) => {
    const { at } = await hurried();
    const status = check.startsWith("stop") ? 202 : 204;
    const lies = await tampered(at, { ...fault, instead: { status, body: "" } });

    const { good, bad, lines } = await smoked(lies, 4_000);

    expect([good, bad[0]]).toEqual([false, check]);
    expect(lines).toContain("  Out of time.");
    expect(lines.at(-1)).toMatch(/not reached/);
  });
});

describe("what is made is taken away", () => {
  test("where the answer of its making is lost", async () => {
    const { at, table } = await hurried();

    const { bad } = await smoked(await tampered(at, { on: /^POST .*\/servers$/, loses: true }));

    expect(bad).toEqual(["two servers are created"]);
    expect(await serversLeft(table)).toEqual([]);
  });

  test("where it is interrupted", async () => {
    const { at, table } = await hurried();
    const endpoint = new URL(at);
    const stop = new AbortController();
    const lines: string[] = [];

    const good = await smoke({
      endpoint,
      account: accountFor(endpoint, {}),
      other: null,
      signal: stop.signal,
      say(line) {
        lines.push(line);
        if (line.includes("two servers are created")) stop.abort(new Error("Interrupted."));
      },
    });

    expect(good).toBe(false);
    expect(lines).toContain("  Interrupted.");
    expect(lines.at(-1)).toMatch(/^\n8 good, 0 bad, 19 not reached, /);
    expect(await serversLeft(table)).toEqual([]);
  });

  test("and where it cannot be, it is said", async () => {
    const { at } = await hurried();
    const on = /^DELETE .*\/servers\/[^/]+$/;
    const refusing = { on, after: 2, instead: { status: 500, body: "" } };

    const { bad } = await smoked(await tampered(at, refusing));

    expect(bad).toEqual([
      "delete: it is gone",
      expect.stringMatching(/^left behind: server /),
      expect.stringMatching(/^left behind: server /),
    ]);
  });
});

test("nobody at the endpoint is a line, and no more", async () => {
  const { good, bad, lines } = await smoked(`http://127.0.0.1:${await freePort()}`);

  expect([good, bad[0]]).toEqual([false, "versions: compute says that v2.1 is current"]);
  expect(lines.join("\n")).toContain("ECONNREFUSED");
});
