import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { startTime } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";
import { minuteMs, startWithThreeServers } from "../../support/three-servers.ts";

describe("filters", () => {
  const over: Record<string, Partial<Server>> = {
    a: { tags: ["blue", "red"], lock: { by: "owner", reason: null }, keyName: "key" },
    b: { tags: ["blue"], hostname: "elsewhere", launchIndex: 1 },
    c: { description: "the third", configDrive: true },
  };

  test.each([
    ["tags=blue", 26, "ba"],
    ["tags=blue,red", 26, "a"],
    ["tags-any=red,green", 26, "a"],
    ["not-tags=blue,red", 26, "cb"],
    ["not-tags-any=blue,red", 26, "c"],
    ["tags=blue", 25, "cba"],
    ["locked=true", 73, "a"],
    ["locked=no", 73, "cb"],
    ["locked=true", 72, "cba"],
    ["key_name=key", 82, "cba"],
    ["key_name=key", 83, "a"],
    ["config_drive=True", 83, "c"],
    ["vm_state=active", 83, "cba"],
    ["vm_state=error", 83, ""],
    ["hostname=else", 89, "cba"],
    ["hostname=else", 90, "b"],
    ["user_id=nobody", 83, ""],
    ["power_state=1", 83, "cba"],
    ["uuid=nothing", 74, "cba"],
    ["launch_index=1", 74, "cba"],
    ["nonsense=1", 74, "cba"],
    ["ip=10.0.0", 1, "cba"],
    ["ip6=fd", 4, "cba"],
    ["ip6=fd", 5, ""],
    ["flavor=nope", 1, ""],
    ["status=shutoff&status=active", 1, "cba"],
    ["status=nonsense", 37, ""],
    ["status=nonsense&marker=nobody&sort_dir=up", 37, ""],
    ["status=active&vm_state=error", 83, "cba"],
    ["metadata=1&_x=1", 75, "cba"],
    ["task_state=", 83, ""],
    ["name=A", 1, "a"],
    ["name=a|b", 1, ""],
    ["user_id=1D4F6A8C0E2B4D5F97A9C1E3B5D7F021", 83, "cba"],
    ["ip=10.0&ip6=fd", 5, "cba"],
    ["ip=11.0&ip6=fd", 5, ""],
    ["image=nonsense", 1, ""],
    ["reservation_id=TEST", 1, "cba"],
    ["locked=%20YES%20", 73, "a"],
    ["project_id=another", 1, "cba"],
    ["name=x&name=b", 1, "b"],
    ["limit=1&limit=2", 1, "cb"],
  ])("for a user ?%s at 2.%i is %s", async (query, version, expected) => {
    const { names } = await startWithThreeServers(over);
    expect(await names(query, version)).toBe(expected);
  });

  test.each([
    ["uuid=nothing", ""],
    ["launch_index=1", "b"],
    ["display_description=third", "c"],
    ["host=novaless-1", "cba"],
    ["node=elsewhere", ""],
    ["key_name=key", "a"],
    [`project_id=${projects.demo.id}`, "cba"],
    [`tenant_id=${projects.alt_demo.id}`, ""],
    [`project_id=${projects.demo.id}&tenant_id=${projects.alt_demo.id}`, ""],
    ["name=a&display_name=b", "b"],
    ["description=nobody's", "cba"],
    ["tags=blue", "cba"],
    ["locked=true", "cba"],
    ["changes-before=2026-01-01T00:00:00Z", "cba"],
    ["ip6=fd", ""],
    ["locked_by=own", "a"],
    ["image_ref=nonsense", ""],
  ])("for an administrator ?all_tenants=1&%s is %s at 2.1", async (query, expected) => {
    const { names } = await startWithThreeServers(over);
    expect(await names(`all_tenants=1&${query}`, 1, "admin")).toBe(expected);
  });

  test.each([
    ["status=nonsense", 38, 400, "Invalid status value"],
    ["nonsense=1", 75, 400, "'nonsense' does not match any of the regexes: '^_'"],
    ["locked=perhaps", 73, 400, expect.stringMatching(/^Unrecognized value 'perhaps', acceptable/)],
    ["all_tenants=perhaps", 1, 400, expect.stringMatching(/^Unrecognized value 'perhaps', accept/)],
    ["limit=0&marker=nobody", 1, 400, "marker [nobody] not found"],
    ["changes-since=2026-02-30", 1, 400, "'2026-02-30' is not a 'date-time'"],
    [
      "changes-since=2026-01-02T00:00:00Z&changes-before=2026-01-01T00:00:00Z",
      66,
      400,
      "The value of changes-since must be less than or equal to changes-before.",
    ],
    ["status=deleted", 1, 403, "Only administrators may list deleted instances"],
    ["status=deleted&status=nonsense", 1, 403, "Only administrators may list deleted instances"],
  ])("?%s at 2.%i is %i", async (query, version, status, message) => {
    const { names } = await startWithThreeServers();
    const [code, shownMessage] = (await names(query, version)) as [number, string];
    expect(code).toBe(status);
    expect(shownMessage).toEqual(
      typeof message === "string" ? expect.stringContaining(message) : message,
    );
  });

  test("E-08: changes-since and changes-before find deleted servers too, and accept UTC", async () => {
    const { table, names } = await startWithThreeServers();
    await seedServer(table, settledServer("deleted", { name: "d" }));
    expect(await names("changes-since=2026-01-01T00:00:00")).toMatch(/d/);
    expect(await names("changes-before=2026-01-01T00:00:00Z", 66)).toBe("");
    expect(await names("changes-before=2026-01-16T00:00:00%2B00:00", 66)).toHaveLength(4);
    expect(await names("changes-before=2026-01-01T00:00:00Z", 65)).toBe("cba");
    expect(await names("deleted=true&all_tenants=1", 1, "admin")).toBe("d");
    expect(await names("deleted=true")).toBe("cba");
    expect(await names("status=deleted&status=active")).toBe("cba");
  });

  test("changes are compared by whole seconds, as shown", async () => {
    const { names } = await startWithThreeServers({
      b: { motion: { action: "stop", from: "active", to: "stopped", due: startTime - 90_250 } },
    });
    expect(await names("changes-since=2026-01-15T11:58:29Z")).toBe("b");
    expect(await names("changes-since=2026-01-15T11:58:30Z")).toBe("");
    expect(await names("changes-since=2026-01-15T12:58:29%2B01:00")).toBe("b");
    expect(await names("changes-before=2026-01-15T11:58:29Z", 66)).toBe("cba");
    expect(await names("changes-before=2026-01-15T11:58:28Z", 66)).toBe("ca");
  });

  test("a status filter matches its states and its tasks separately", async () => {
    const { names } = await startWithThreeServers({
      a: { motion: { action: "softReboot", from: "active", to: "active", due: startTime + 500 } },
      b: { motion: { action: "stop", from: "active", to: "stopped", due: startTime - minuteMs } },
    });
    expect(await names("status=REBOOT")).toBe("a");
    expect(await names("status=active")).toBe("ca");
    expect(await names("status=hard_reboot")).toBe("");
    expect(await names("status=reboot&status=shutoff")).toBe("cba");
    expect(await names("status=SHUTOFF&status=nonsense", 38)).toBe("b");
    expect(await names("status=&limit=1")).toBe("");
  });

  test("a soft-deleted server is listed only for administrators who filter for it", async () => {
    const { table, names } = await startWithThreeServers();
    await seedServer(table, settledServer("soft-delete", { name: "s" }));
    await seedServer(table, settledServer("deleted", { name: "d" }));
    const admin = async (query: string) =>
      [...(await names(`all_tenants=1&${query}`, 1, "admin"))].sort().join("");
    expect(await names("")).toBe("cba");
    expect(await names("status=soft_deleted")).toBe("");
    expect(await names("soft_deleted=true")).toBe("cba");
    expect(await admin("soft_deleted=true")).toBe("abcs");
    expect(await admin("soft_deleted=")).toBe("abc");
    expect(await admin("deleted=true")).toBe("ds");
    expect(await admin("deleted=true&soft_deleted=")).toBe("d");
    expect(await admin("deleted=no&changes-since=2026-01-01")).toBe("abc");
    expect(await admin("status=deleted")).toBe("d");
    expect(await names("changes-since=2026")).toHaveLength(5);
  });

  test("a rare match among many servers is found with few queries", async () => {
    const { table, commands, names } = await startWithThreeServers({ a: { tags: ["rare"] } });
    for (let index = 0; index < 30; index++)
      await seedServer(table, settledServer("deleted", { name: "d" }));
    await names("");
    commands.length = 0;
    expect(await names("tags=rare&limit=1", 26)).toBe("a");
    expect(commands.filter((name) => name === "Query").length).toBeLessThan(5);
  });
});
