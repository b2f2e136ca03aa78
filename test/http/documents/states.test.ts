import { expect, test } from "vitest";
import {
  allActions,
  beginMotion,
  type Motion,
  observe,
  ruleOf,
  taskStartsAt,
  type VmState,
} from "../../../lambdas/compute/model/lifecycle.ts";
import { withBasicAuth } from "../../support/basic-auth.ts";
import { startCloud, startTime } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const observedMotions = new Map<string, { readonly motion: Motion; readonly at: number }>();
for (const action of allActions)
  for (const from of ruleOf(action).from) {
    const motion = beginMotion(action, settledServer(from).motion, startTime);
    const { legs, powerOffLegs: thenOff = [] } = ruleOf(action);
    const tasks = [...legs, ...(motion.to === "stopped" ? thenOff : [])].map(({ task }) => task);
    for (const at of [...tasks.map((task) => taskStartsAt(task, motion)), motion.due]) {
      const { vm, task } = observe(motion, at);
      const before = vm === "resized" ? ` from ${motion.from}` : "";
      observedMotions.set(`${vm}${before} ${task}`, { motion, at });
    }
  }

const flexcloudStatuses: Partial<Record<VmState, string>> = {
  building: "BUILD",
  active: "ACTIVE",
  stopped: "STOPPED",
  paused: "SUSPENDED",
  suspended: "SUSPENDED",
  rescued: "SUSPENDED",
  shelved: "SUSPENDED",
  shelved_offloaded: "SUSPENDED",
  "soft-delete": "DELETED",
  error: "UNKNOWN",
};

/** nova/api/openstack/common.py:42. */
const novaStatuses = [
  ...["ACTIVE", "BUILD", "DELETED", "ERROR", "HARD_REBOOT", "MIGRATING", "PASSWORD", "PAUSED"],
  ...["REBOOT", "REBUILD", "RESCUE", "RESIZE", "REVERT_RESIZE", "SHELVED", "SHELVED_OFFLOADED"],
  ...["SHUTOFF", "SOFT_DELETED", "SUSPENDED", "VERIFY_RESIZE"],
];

test("S3-10: every dialect has a known status word for every server state", async () => {
  const { call, pass, table } = await startCloud();
  const all = [...observedMotions.values()].sort((one, other) => one.at - other.at);
  const used = new Set<string>();
  let now = startTime;
  for (const { motion, at } of all) {
    pass(at - now);
    now = at;
    const { id } = await seedServer(table, settledServer("active", { motion }));
    const { vm, task } = observe(motion, at);
    if (vm === "deleted") continue;
    const flexcloud = await call("GET", `/servers/${id}`, withBasicAuth());
    const rackspace = await call("GET", `/servers/${id}`);
    const off = motion.from === "stopped" || motion.to === "stopped";
    const resized = off ? "STOPPED" : "ACTIVE";
    expect([vm, task, flexcloud.json.server.status]).toEqual([
      vm,
      task,
      task !== null && vm !== "building"
        ? "PROCESSING"
        : vm === "resized"
          ? resized
          : flexcloudStatuses[vm],
    ]);
    expect(novaStatuses).toContain(rackspace.json.server.status);
    used.add(rackspace.json.server.status);
  }
  // Deleted servers are not shown.
  expect(novaStatuses.filter((word) => !used.has(word))).toEqual(["DELETED"]);
  expect(all.length).toBeGreaterThan(60);
});
