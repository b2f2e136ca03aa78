import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configuration } from "./configuration.ts";
import { exclusionsIn, judged } from "./exclusions.ts";
import { report } from "./report.ts";
import { idsIn, resultOfEach, resultsIn } from "./results.ts";

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

const listed = `tempest.api.compute.flavors.test_flavors.FlavorsV2TestJSON.test_get_flavor[id-1f12046b,smoke]
tempest.api.compute.servers.test_a.A.test_skipped[id-2]
tempest.api.compute.servers.test_a.A.test_failed[id-3]
tempest.api.compute.servers.test_b.B.test_one[id-4]
tempest.api.compute.servers.test_c.C.test_one[id-5]
tempest.api.compute.servers.test_d.D.test_never_run[id-6]
`;

const results = resultOfEach(idsIn(listed), resultsIn(output));
const brief = results.map(({ test, outcome, said }) => [test.split(".").at(-1), outcome, said]);

test("each test has one result: its own, its class's, or that there is none", () => {
  expect(brief).toEqual([
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

test("an exclusion takes a failure away, and is stale where what it names does not fail", () => {
  const exclusions = exclusionsIn("# why\n\n\\.C\\.test_one$\tNova does so too\n_flavor$\tno more");
  const { passed, failed, skipped, excluded, stale } = judged(results, exclusions);
  expect([passed, failed, skipped, excluded].map(({ length }) => length)).toEqual([1, 3, 2, 1]);
  expect(excluded[0]?.said).toBe("Nova does so too");
  expect(stale.map(({ reason }) => reason)).toEqual(["no more"]);
});

test("an exclusion without a reason is none", () => {
  expect(() => exclusionsIn("test_one")).toThrow("without a reason");
  expect(() => exclusionsIn("test_one\t ")).toThrow("without a reason");
});

test("each exclusion that there is has a reason", () => {
  const list = readFileSync(join(import.meta.dirname, "excluded.txt"), "utf8");
  for (const { reason } of exclusionsIn(list)) expect(reason.length).toBeGreaterThan(20);
});

test("the report has each skip's reason, each failure's last words, and the figures", () => {
  const text = report(judged(results, exclusionsIn("\\.C\\.\tNova does so too")), 61.4);
  expect(text).toContain("  1: Volume service not enabled.\n      servers.test_a.A.test_skipped");
  expect(text).toContain("      tempest.lib.exceptions.BadRequest: Bad request Details");
  expect(text).toContain("  1: Nova does so too\n");
  expect(text.split("\n").at(-1)).toBe(
    "tempest.api.compute: 1 passed, 3 failed, 2 skipped, 1 excluded, of 7, in 61 s",
  );
});

test("a configuration is written section by section", () => {
  expect(configuration({ auth: { a: "b" }, compute: { c: true, d: 1 } })).toBe(
    "[auth]\na = b\n\n[compute]\nc = true\nd = 1\n",
  );
});
