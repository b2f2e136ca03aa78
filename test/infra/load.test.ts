import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseAccount, chooseOtherAccount } from "../../infra/checks/account.ts";
import { formatLoadReport, maxPriceDollars, runLoadTest } from "../../infra/checks/load.ts";
import { generateLoad } from "../../infra/checks/load-generator.ts";
import { percentile } from "../../infra/checks/percentiles.ts";
import { trafficMix } from "../../infra/checks/traffic.ts";
import { type Engine, openEngine } from "../../infra/local/engine.ts";
import { startCloud } from "../support/cloud.ts";
import { readItems } from "../support/items.ts";
import { startTamperingProxy, type Tampering } from "../support/tampering-proxy.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.stop());

const neverAborted = new AbortController().signal;

async function runLoad(...faults: Tampering[]) {
  const { at, table } = await startCloud({ now: Date.now }, engine);
  const endpoint = new URL(await startTamperingProxy(at, ...faults));
  const lines: string[] = [];
  const good = await runLoadTest({
    ...{ rps: 20, seconds: 2, connections: 4, signal: neverAborted },
    endpoint,
    account: chooseAccount(endpoint, {}),
    print: (line) => lines.push(line),
  });
  const left = (await readItems(table)).filter(
    (item) => item["sk"]?.S?.startsWith("SERVER#") && item["to"]?.S !== "deleted",
  );
  const figures = (what: string) => {
    const [, count, refused = ""] =
      new RegExp(`^${what} +(\\d+) +[\\d.]+(?: +[\\d.]+){4} *(.*)$`, "m").exec(lines.join("\n")) ??
      [];
    return { count: Number(count), refused };
  };
  return { good, lines, left, figures };
}

describe("npm run load", () => {
  test("sends 60 % shows, 20 % lists, 15 % starts or stops, 5 % consoles", () => {
    expect(trafficMix).toEqual({
      "show a server": 12,
      "list 100 servers with details": 4,
      "stop a server": 3,
      "get a console": 1,
    });
  });

  test("keeps the requested rate and shares, and deletes its servers", async () => {
    const { good, left, figures } = await runLoad();

    expect(figures("all")).toEqual({ count: 40, refused: "" });
    expect(figures("list").count).toBe(8);
    expect(figures("show").count).toBeGreaterThanOrEqual(24);
    expect(good).toBe(true);
    expect(left).toEqual([]);
  });

  test("counts refusals by status, and missing responses", async () => {
    const { good, left, figures } = await runLoad(
      { requestPattern: /^GET \/v2.1\/servers\/detail/, replacement: { status: 503, body: "" } },
      { requestPattern: /^GET \/v2.1\/servers\/[^/?]+$/, losesResponse: true },
    );

    expect(figures("list")).toEqual({ count: 8, refused: "8 × 503" });
    const shows = figures("show").count;
    expect(figures("show").refused).toBe(`${shows} × no answer`);
    expect(good).toBe(false);
    expect(left).toEqual([]);
  });

  test("deletes its servers when some creates fail", async () => {
    const fault = {
      requestPattern: /^POST \/v2.1\/servers$/,
      skipFirst: 2,
      losesResponse: true,
    } as const;
    const { at, table } = await startCloud({ now: Date.now }, engine);
    const endpoint = new URL(await startTamperingProxy(at, fault));
    const loadOptions = {
      rps: 1,
      seconds: 1,
      connections: 1,
      signal: neverAborted,
      print: () => {},
    };

    await expect(
      runLoadTest({ ...loadOptions, endpoint, account: chooseAccount(endpoint, {}) }),
    ).rejects.toThrow();

    const made = (await readItems(table)).filter((item) => item["sk"]?.S?.startsWith("SERVER#"));
    expect(made.map((item) => item["to"]?.S)).toEqual(["deleted", "deleted", "deleted"]);
  });
});

describe("a load", () => {
  test("above capacity measures latency from the due time, and reports unsent requests", async () => {
    const slow = () => wait(50, { kind: "slow", status: 200 });
    const pressure = { rps: 1_000, seconds: 0.1, connections: 1, signal: neverAborted };

    const { samples, unsentCount } = await generateLoad(pressure, slow);

    expect(samples.length + unsentCount).toBe(100);
    expect(unsentCount).toBeGreaterThan(50);
    // The tenth was due after 10 ms, and sent after 500.
    expect(samples[10]?.durationMs).toBeGreaterThan(450);
    expect(formatLoadReport({ samples, unsentCount }, 0.1).at(-1)).toMatch(/were not sent/);
  });

  test("ends when it is aborted", async () => {
    const stop = new AbortController();
    const ask = async (number: number) => {
      if (number === 3) stop.abort();
      return { kind: "one", status: 200 };
    };

    const { samples } = await generateLoad(
      { rps: 100, seconds: 600, connections: 1, signal: stop.signal },
      ask,
    );

    expect(samples).toHaveLength(4);
  });

  test("property: a percentile is a sample, and that share of the samples is not above it", () => {
    const figures = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 200 });
    const share = fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100);
    fc.assert(
      fc.property(figures, share, (all, share) => {
        const found = percentile(all, share);
        const upTo = (limit: number) => all.filter((one) => one <= limit).length;
        expect(all).toContain(found);
        expect(upTo(found)).toBeGreaterThanOrEqual(all.length * share - 1e-9);
        expect(upTo(found - 1)).toBeLessThan(all.length * share);
      }),
    );
    expect(percentile([], 0.5)).toBe(0);
  });
});

describe("the commands", () => {
  const root = join(import.meta.dirname, "../..");
  const { OS_AUTH_URL: _, ...env } = process.env;
  const run = (name: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [join(root, `infra/checks/${name}.ts`), ...args], {
      env,
    });

  test("a load that may cost money prints the cost, and needs --yes", async () => {
    const dollars = maxPriceDollars({ rps: 100, seconds: 60 }).toFixed(4);

    await expect(
      run("load", "https://cloud.invalid", "--rps", "100", "--seconds", "60"),
    ).rejects.toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining(`6000 requests cost up to $${dollars}`),
    });
    expect(Number(dollars)).toBeGreaterThan(0.006);
  });

  test.each([
    [
      "load",
      ["http://127.0.0.1:1", "--rps", "1000"],
      "--rps must be more than 0 and at most 200, got 1000.",
    ],
    [
      "load",
      ["http://127.0.0.1:1", "--seconds", "no"],
      "--seconds must be more than 0 and at most 600",
    ],
    [
      "smoke",
      ["http://127.0.0.1:1", "--seconds", "x"],
      "--seconds must be more than 0 and at most 3600",
    ],
    ["load", [], "Missing endpoint. npm run load -- ENDPOINT"],
    ["smoke", [], "Missing endpoint. npm run smoke -- ENDPOINT"],
    ["smoke", ["https://cloud.invalid"], "OS_USERNAME is not set"],
    ["smoke", ["nowhere"], "Invalid URL"],
  ])("%s %j prints the error", async (name, args, message) => {
    await expect(run(name, ...args)).rejects.toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  });
});

describe("the account", () => {
  const endpoint = new URL("https://cloud.invalid");
  const expectedReport = {
    OS_AUTH_URL: "https://cloud.invalid/identity/v3",
    OS_USERNAME: "ada",
    OS_PASSWORD: "secret",
    OS_PROJECT_NAME: "web",
  };

  test("is that of the environment, in the domain Default by default", () => {
    const { name, password, project, auth } = chooseAccount(endpoint, expectedReport);

    expect([name, password, project]).toEqual(["ada", "secret", "web"]);
    const domain = { name: "Default" };
    expect(auth).toEqual({
      identity: {
        methods: ["password"],
        password: { user: { name, domain, password } },
      },
      scope: { project: { name: project, domain } },
    });
  });

  test("of one cloud is not sent to another", () => {
    expect(() => chooseAccount(new URL("https://other.invalid"), expectedReport)).toThrow(
      "OS_AUTH_URL names host cloud.invalid, expected other.invalid.",
    );
  });

  test("is demo locally, and the other one is alt_demo or as configured", () => {
    const local = new URL("http://127.0.0.1:8774");
    expect(chooseAccount(local, {})).toMatchObject({ name: "demo", project: "demo" });
    expect(chooseOtherAccount(local, {})).toMatchObject({ name: "alt_demo", project: "alt_demo" });
    expect(chooseOtherAccount(endpoint, expectedReport)).toBeNull();
    const alt = { OS_ALT_USERNAME: "bob", OS_ALT_PASSWORD: "b", OS_ALT_PROJECT_NAME: "db" };
    expect(chooseOtherAccount(endpoint, { ...expectedReport, ...alt })).toMatchObject({
      name: "bob",
      project: "db",
    });
    expect(() => chooseAccount(endpoint, { ...expectedReport, OS_PASSWORD: "" })).toThrow(
      "OS_PASSWORD is not set",
    );
  });
});
