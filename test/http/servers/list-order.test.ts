import { describe, expect, test } from "vitest";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { startTime } from "../../support/cloud.ts";
import { seedServer, settledServer } from "../../support/servers.ts";
import { minuteMs, startWithThreeServers } from "../../support/three-servers.ts";

describe("order", () => {
  test.each([
    ["", "cba"],
    ["sort_dir=asc", "abc"],
    ["sort_key=created_at&sort_dir=asc", "abc"],
    ["sort_key=display_name&sort_dir=asc", "abc"],
    ["sort_key=display_name", "cba"],
    ["sort_key=key_name&sort_dir=asc", "bac"],
    ["sort_key=key_name&sort_dir=desc&sort_key=created_at&sort_dir=asc", "acb"],
    ["sort_key=vm_state&sort_key=created_at&sort_dir=desc&sort_dir=asc", "bac"],
    ["sort_key=vcpus", "cba"],
    ["sort_key=vcpus&sort_key=display_name&sort_dir=desc&sort_dir=asc", "abc"],
  ])("?%s is %s", async (query, expected) => {
    const { names } = await startWithThreeServers({
      a: { keyName: "key" },
      b: { motion: { action: "stop", from: "active", to: "stopped", due: startTime - minuteMs } },
      c: { keyName: "key" },
    });
    expect(await names(query)).toBe(expected);
  });

  test("a page in any order begins after its marker and links to the next page", async () => {
    const { call, at: origin } = await startWithThreeServers();
    for (const [query, pages] of [
      ["sort_key=display_name&sort_dir=asc", ["ab", "c"]],
      ["sort_dir=asc", ["ab", "c"]],
      ["", ["cb", "a"]],
    ] as const) {
      const seen: string[] = [];
      let next = `${origin}/v2.1/servers?${query}&limit=2`;
      while (next) {
        const { json } = await call("GET", next.slice(origin.length));
        seen.push(json.servers.map(({ name }: Server) => name).join(""));
        next = json.servers_links?.[0].href ?? "";
      }
      expect(seen).toEqual(pages);
    }
  });

  test("E-08: a deleted server is accepted as marker for every sort order, for administrators too", async () => {
    const { table, call, names } = await startWithThreeServers();
    const gone = await seedServer(table, settledServer("deleted", { name: "bb" }));
    expect(await names(`sort_key=display_name&sort_dir=asc&marker=${gone.id}`)).toBe("c");
    expect(
      await names(`sort_key=display_name&sort_dir=asc&all_tenants=1&marker=${gone.id}`, 1, "admin"),
    ).toBe("c");
    const { status } = await call("GET", "/v2.1/servers?sort_dir=asc&marker=%C3%A9%7E");
    expect(status).toBe(400);
  });

  test("only administrators can sort by host and node", async () => {
    const { names } = await startWithThreeServers();
    expect(await names("sort_key=host")).toEqual([
      403,
      "Only administrators can sort servers by host",
    ]);
    expect(await names("sort_key=host&all_tenants=1", 1, "admin")).toBe("abc");
  });

  test("unimplemented sort keys are refused from 2.75 on, and locked is a sort key from 2.73 on", async () => {
    const { names } = await startWithThreeServers({ b: { lock: { by: "owner", reason: null } } });
    expect(await names("sort_key=vcpus", 75)).toEqual([
      400,
      expect.stringMatching(/^Invalid input/),
    ]);
    expect(await names("sort_key=locked", 72)).toBe("cba");
    expect(await names("sort_key=locked", 73)).toBe("bac");
  });
});
