import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measuredRequests, measuredUsage } from "../../infra/costs/measured-usage.ts";
import {
  billOf,
  idleUse,
  type MonthlyUse,
  secondsPerMonth,
  totalOf,
  usualMix,
} from "../../infra/costs/monthly-bill.ts";
import { computedSections, updateCostsPage } from "../../infra/costs/report.ts";
import { billedMs, costOfMix, costOfRequest, totalCost } from "../../infra/costs/request-cost.ts";
import { operations } from "../support/register.ts";

const root = join(import.meta.dirname, "../..");
const million = 1e6;

const anyAmount = fc.integer({ min: 0, max: 10_000 });
const anyMemory = fc.constantFrom(128, 256, 512, 1_024, 1_769, 3_008);
const anyUse: fc.Arbitrary<MonthlyUse> = fc.record({
  servers: anyAmount,
  rps: anyAmount,
  consoles: anyAmount,
  memory: anyMemory,
  backups: fc.boolean(),
  logDays: fc.integer({ min: 1, max: 365 }),
  secrets: fc.nat(5),
  alarms: fc.nat(50),
  dashboards: fc.nat(3),
  metrics: fc.nat(200),
});

describe("a request", () => {
  test("a show costs a gateway request, an invocation, 9 ms of 512 MB, a read, a log line and transfer", () => {
    const { gateway, invocation, time, database, logs, egress } = costOfRequest(
      "show a server",
      512,
    );

    // 4 ms of DynamoDB, 1.2 ms at 512/1769 of a processor, and a hundredth of 150 ms.
    expect(billedMs("show a server", 512)).toBe(9 + 1.5);
    expect([gateway, invocation, database].map((part) => part * million)).toEqual([1, 0.2, 0.125]);
    expect(time * million).toBeCloseTo(0.0105 * 0.5 * 13.3334, 10);
    expect(logs * million).toBeCloseTo(0.45 * 0.5, 10);
    expect(egress * million).toBeCloseTo(1.8 * 0.09, 10);
  });

  test("a start costs a write instead of a read, and one more log line", () => {
    const [show, start] = [
      costOfRequest("show a server", 512),
      costOfRequest("start a server", 512),
    ];

    expect(start.database / show.database).toBeCloseTo(5, 10);
    expect(start.logs).toBeCloseTo(2 * show.logs, 15);
  });

  test("property: more memory is never slower, and beyond a whole processor no faster", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...measuredRequests),
        anyMemory,
        anyMemory,
        (request, one, other) => {
          const [less, more] = [Math.min(one, other), Math.max(one, other)];
          expect(billedMs(request, more)).toBeLessThanOrEqual(billedMs(request, less));
          expect(billedMs(request, 1_769)).toBe(billedMs(request, 10_240));
        },
      ),
    );
  });

  test("property: a mix of one equals that one, and of two lies between them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...measuredRequests),
        fc.constantFrom(...measuredRequests),
        fc.integer({ min: 1, max: 100 }),
        (one, other, weight) => {
          const costs = [one, other].map((request) => totalCost(costOfRequest(request, 512)));
          expect(costOfMix({ [one]: weight }, 512)).toBeCloseTo(costs[0] ?? 0, 15);
          const both = costOfMix({ [one]: 1, [other]: weight }, 512);
          expect(both).toBeGreaterThanOrEqual(Math.min(...costs) - 1e-15);
          expect(both).toBeLessThanOrEqual(Math.max(...costs) + 1e-15);
        },
      ),
    );
  });

  test("the handler of every priced request is in the register", () => {
    const known = operations.map(({ id }) => id);
    expect(
      Object.values(measuredUsage).filter(({ operation }) => !known.includes(operation)),
    ).toEqual([]);
  });
});

describe("a month", () => {
  test("without requests costs only the secrets", () => {
    const { fixed, ...others } = billOf(idleUse);

    expect(fixed).toBeCloseTo(0.8, 10);
    expect(Object.values(others)).toEqual(Object.values(others).map(() => 0));
  });

  test("of a million shows costs a million times one show", () => {
    const use = {
      ...idleUse,
      rps: million / secondsPerMonth,
      mix: { "show a server": 1 },
      secrets: 0,
    };
    const { keptLogs, ...bill } = billOf(use);

    expect(totalOf({ ...bill, keptLogs: 0 })).toBeCloseTo(
      totalCost(costOfRequest("show a server", 512)) * million,
      10,
    );
    // 450 MB written in the month, of which seven days are stored at any time.
    expect(keptLogs).toBeCloseTo(((0.45 * 7) / (730 / 24)) * 0.03, 10);
  });

  test("of a hundred watched consoles has ten polls a second", () => {
    const looks = { ...idleUse, rps: 10, mix: { "a look at a console": 1 } };
    expect(totalOf(billOf({ ...idleUse, consoles: 100 }))).toBeCloseTo(totalOf(billOf(looks)), 10);
  });

  test("property: usage is charged in proportion, beside the fixed part", () => {
    fc.assert(
      fc.property(anyUse, fc.integer({ min: 2, max: 9 }), (use, times) => {
        const { servers, rps, consoles } = use;
        const { fixed, ...once } = billOf(use);
        const { fixed: same, ...more } = billOf({
          ...use,
          servers: servers * times,
          rps: rps * times,
          consoles: consoles * times,
        });
        expect(same).toBe(fixed);
        for (const [line, amount] of Object.entries(once))
          expect(more[line as keyof typeof more]).toBeCloseTo(amount * times, 4);
      }),
    );
  });

  test("property: more usage never costs less", () => {
    const quantities = [
      "servers",
      "rps",
      "consoles",
      "logDays",
      "secrets",
      "alarms",
      "dashboards",
      "metrics",
    ];
    fc.assert(
      fc.property(anyUse, fc.constantFrom(...quantities), (use, name) => {
        const more = { ...use, [name]: Number(use[name as keyof MonthlyUse]) + 1 };
        expect(totalOf(billOf(more))).toBeGreaterThanOrEqual(totalOf(billOf(use)));
      }),
    );
  });

  test("the usual mix sums to a hundred", () => {
    expect(Object.values(usualMix).reduce((sum, part) => sum + part, 0)).toBe(100);
  });
});

describe("docs/costs.md", () => {
  const document = readFileSync(join(root, "docs/costs.md"), "utf8");

  test("equals the computed sections: npm run cost -- --write", () => {
    expect(document).toBe(updateCostsPage(document));
  });

  test("has a place for every computed section", () => {
    for (const [name, part] of Object.entries(computedSections))
      expect([name, document.includes(`<!-- ${name} -->\n${part()}\n<!-- / -->`)]).toEqual([
        name,
        true,
      ]);
  });
});

describe("npm run cost", () => {
  const cost = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(root, "infra/costs/cost.ts"), ...args]);

  test("prints a month that grows with the usage", async () => {
    const { stdout } = await cost("--servers", "500", "--rps", "5", "--backups", "--alarms", "4");
    const use = { ...idleUse, servers: 500, rps: 5, backups: true, alarms: 4 };
    expect(stdout).toContain(` ${totalOf(billOf(use)).toFixed(2)}\n`);
    expect(stdout).toMatch(/^500 servers, 5 requests a second, 0 consoles open/);
  });

  test.each([
    [["--rps", "many"], "--rps must be a number, got many"],
    [["--memory", "64"], "--memory must be between 128 and 10240 MB"],
    [["--sevrers", "5"], "Unknown option '--sevrers'"],
  ])("%j prints the error and the usage", async (args, message) => {
    await expect(cost(...args)).rejects.toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(new RegExp(`^${message}[\\s\\S]*npm run cost -- `)),
    });
  });
});
