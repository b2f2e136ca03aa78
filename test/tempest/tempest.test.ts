import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatConfiguration } from "./configuration.ts";
import { judge, parseExclusions } from "./exclusions.ts";
import { formatTempestReport } from "./report.ts";
import { parseResults, parseTestIds, resultPerTest } from "./results.ts";

const output = `
{0} tempest.api.compute.flavors.test_flavors.FlavorsV2TestJSON.test_get_flavor [0.009727s] ... ok
{1} tempest.api.compute.servers.test_a.A.test_skipped ... SKIPPED: Volume service not enabled.
{2} tempest.api.compute.servers.test_a.A.test_failed [1.100146s] ... FAILED

Captured traceback:
~~~~~~~~~~~~~~~~~~~
    Traceback (most recent call last):

      File "/usr/lib/python3/dist-packages/tempest/lib/common/rest_client.py", line 831, in _error_checker
    raise exceptions.BadRequest(resp_body, resp=resp)

    tempest.lib.exceptions.BadRequest: Bad request
Details: {'message': 'There is no such action: rescue', 'code': 400}


Captured pythonlogging:
~~~~~~~~~~~~~~~~~~~~~~~
    2026-11-21 21:37:06,634 31447 INFO     [tempest.lib.common.rest_client] 404 POST

{3} setUpClass (tempest.api.compute.servers.test_b.B) ... SKIPPED: Nova cert is not available
{2} setUpClass (tempest.api.compute.servers.test_c.C) [0.000000s] ... FAILED

Captured traceback:
~~~~~~~~~~~~~~~~~~~
    Traceback (most recent call last):
    AssertionError

{1} tearDownClass (tempest.api.compute.servers.test_a.A) [0.000000s] ... FAILED

Captured traceback:
~~~~~~~~~~~~~~~~~~~
    Traceback (most recent call last):
    tempest.lib.exceptions.Conflict

==============================
Failed 2 tests - output below:
==============================
`;

const testList = `tempest.api.compute.flavors.test_flavors.FlavorsV2TestJSON.test_get_flavor[id-1f12046b,smoke]
tempest.api.compute.servers.test_a.A.test_skipped[id-2]
tempest.api.compute.servers.test_a.A.test_failed[id-3]
tempest.api.compute.servers.test_b.B.test_one[id-4]
tempest.api.compute.servers.test_c.C.test_one[id-5]
tempest.api.compute.servers.test_d.D.test_never_run[id-6]
`;

const results = resultPerTest(parseTestIds(testList), parseResults(output));
const resultSummaries = results.map(({ test, outcome, detail }) => [
  test.split(".").at(-1),
  outcome,
  detail,
]);

test("each test has one result: its own, its class's, or a missing one", () => {
  expect(resultSummaries).toEqual([
    ["test_get_flavor", "passed", ""],
    [
      "test_failed",
      "failed",
      "tempest.lib.exceptions.BadRequest: Bad request Details: {'message': 'There is no such action: rescue', 'code': 400}",
    ],
    ["test_skipped", "skipped", "Volume service not enabled."],
    ["test_one", "skipped", "Nova cert is not available"],
    ["test_one", "failed", "AssertionError"],
    ["test_never_run", "failed", "tempest says nothing of it"],
    ["tearDownClass", "failed", "tempest.lib.exceptions.Conflict"],
  ]);
});

test("an exclusion accepts a failure, and is unused without one", () => {
  const exclusions = parseExclusions(
    "# why\n\n\\.C\\.test_one$\tNova does so too\n_flavor$\tno more",
  );
  const { passed, failed, skipped, excludedFailures, unusedExclusions } = judge(
    results,
    exclusions,
  );
  expect([passed, failed, skipped, excludedFailures].map(({ length }) => length)).toEqual([
    1, 3, 2, 1,
  ]);
  expect(excludedFailures[0]?.detail).toBe("Nova does so too");
  expect(unusedExclusions.map(({ reason }) => reason)).toEqual(["no more"]);
});

test("an exclusion without a reason is refused", () => {
  expect(() => parseExclusions("test_one")).toThrow("without a reason");
  expect(() => parseExclusions("test_one\t ")).toThrow("without a reason");
});

test("every listed exclusion has a reason", () => {
  const list = readFileSync(join(import.meta.dirname, "excluded.txt"), "utf8");
  for (const { reason } of parseExclusions(list)) expect(reason.length).toBeGreaterThan(20);
});

test("the report has each skip's reason, each failure's last line, and the totals", () => {
  const text = formatTempestReport(
    judge(results, parseExclusions("\\.C\\.\tNova does so too")),
    61.4,
  );
  expect(text).toContain("  1: Volume service not enabled.\n      servers.test_a.A.test_skipped");
  expect(text).toContain("      tempest.lib.exceptions.BadRequest: Bad request Details");
  expect(text).toContain("  1: Nova does so too\n");
  expect(text.split("\n").at(-1)).toBe(
    "tempest.api.compute: 1 passed, 3 failed, 2 skipped, 1 excluded, of 7, in 61 s",
  );
});

test("a configuration is written by section", () => {
  expect(formatConfiguration({ auth: { a: "b" }, compute: { c: true, d: 1 } })).toBe(
    "[auth]\na = b\n\n[compute]\nc = true\nd = 1\n",
  );
});
