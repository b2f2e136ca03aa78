import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { expectUnchanged } from "../../support/items.ts";
import { computeMounts, computeMountsOf } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const queryError = (parameter: string, value: string, reason: string) =>
  `Invalid input for query parameters ${parameter}. Value: ${value}. ${reason}`;

const refusedQueries: readonly [query: string, message: unknown][] = [
  ["limit=abc", queryError("limit", "abc", "'abc' does not match '^[0-9]*$'")],
  ["limit=-1", queryError("limit", "-1", "'-1' does not match '^[0-9]*$'")],
  ["limit=1.5", queryError("limit", "1.5", "'1.5' does not match '^[0-9]*$'")],
  ["limit=", queryError("limit", "", "'' is too short")],
  ["limit=1&limit=x", queryError("limit", "x", "'x' does not match '^[0-9]*$'")],
  ["marker=nosuch", "marker [nosuch] not found"],
  ["marker=00000000-0000-0000-0000-000000000000", expect.stringMatching(/^marker \[/)],
  [
    "name=",
    expect.stringMatching(
      /^Invalid input for query parameters name\. Value: \. '' is not a 'regex'$/,
    ),
  ],
  ["name=[", queryError("name", "[", "'[' is not a 'regex'")],
  ["name=(", queryError("name", "(", "'(' is not a 'regex'")],
  ["name=*", queryError("name", "*", "'*' is not a 'regex'")],
  ["ip=[", queryError("ip", "[", "'[' is not a 'regex'")],
  [
    "changes-since=yesterday",
    queryError("changes-since", "yesterday", "'yesterday' is not a 'date-time'"),
  ],
  [
    "sort_key=size",
    expect.stringMatching(/^Invalid input for query parameters sort_key\. Value: size\./),
  ],
  ["sort_dir=up", "Invalid input received: Unknown sort direction, must be 'desc' or 'asc'"],
  [
    "sort_dir=asc&sort_dir=asc",
    "Invalid input received: Sort direction size exceeds sort key size",
  ],
  ["all_tenants=maybe", expect.any(String)],
];

for (const mount of computeMounts)
  test(`E-09, E-10: ${mount.dialect} at "${mount.path}" refuses an invalid query`, async () => {
    const { table, call } = await startCloud();
    await seedServer(table, settledServer("active"));

    await expectUnchanged(table, async () => {
      for (const path of ["/servers", "/servers/detail"])
        for (const [query, message] of refusedQueries) {
          const reply = await call("GET", `${mount.path}${path}?${query}`, mount.withCredentials());
          mount.expectRefusal(reply, { status: 400, name: "badRequest", message });
        }
    });
  });

test("E-10: regular expressions that backtrack elsewhere run in linear time", async () => {
  const { table, call } = await startCloud();
  await seedServer(table, settledServer("active", { name: "a".repeat(255) }));

  for (const [name, matches] of [
    ["(a%2B)%2B$", 1],
    ["(a|a)*$", 1],
    ["(.*a){25}", 1],
    ["a*a*a*a*b", 0],
    ["x{1,}".repeat(9), 0],
    [`${"a?".repeat(120)}b`, 0],
  ] as const) {
    const { status, json } = await call("GET", `/v2.1/servers?name=${name}`);
    expect([name, status, json.servers.length]).toEqual([name, 200, matches]);
  }
});

test.each([
  ["a back reference", "(a)\\1*b"],
  ["look-ahead", "a(?=b)"],
  ["more than 1,000 repetitions", "a{1001}"],
  ["more than 255 characters", "a".repeat(256)],
])("E-10: a regular expression with %s is 400", async (_, name) => {
  const { call } = await startCloud();
  const { status, json } = await call("GET", `/v2.1/servers?name=${encodeURIComponent(name)}`);
  expect([status, json.badRequest.message]).toEqual([
    400,
    expect.stringContaining("is not a 'regex' that runs in linear time"),
  ]);
});

test("E-09: limit 0 returns an empty page without link, and a large limit is 1000", async () => {
  const { table, call } = await startCloud();
  await seedServer(table, settledServer("active"));

  for (const mount of computeMountsOf("nova", "nova-v2", "rackspace")) {
    expect((await call("GET", `${mount.path}/servers?limit=0`)).json).toEqual({ servers: [] });
    for (const limit of ["1001", "99999999999999999999", "0001000"]) {
      const reply = await call("GET", `${mount.path}/servers?limit=${limit}`);
      expect([reply.status, reply.json.servers.length]).toEqual([200, 1]);
    }
  }
});

test("E-10: unknown list parameters are ignored", async () => {
  const { table, call } = await startCloud();
  await seedServer(table, settledServer("active"));

  for (const query of [
    ...["nosuch=1", "vm_state=x", "host=x", "uuid=x", "=", "&&&", "a%00b=1", "constructor=1"],
    ...["%", "%zz=%", "tenant_id=x", "status=NOSUCH&status=ACTIVE"],
  ]) {
    const reply = await call("GET", `/v2.1/servers?${query}`);
    expect([query, reply.status, reply.json.servers?.length]).toEqual([query, 200, 1]);
  }
});

test("E-10: an unknown status or flavor returns an empty list", async () => {
  const { table, call } = await startCloud();
  await seedServer(table, settledServer("active"));

  for (const query of ["status=NOSUCH", "flavor=nosuch", "image=nosuch"]) {
    const reply = await call("GET", `/v2.1/servers?${query}`);
    expect([query, reply.status, reply.json.servers]).toEqual([query, 200, []]);
  }
});

test("E-08, E-10: users may list neither all tenants nor deleted servers", async () => {
  const { call } = await startCloud();
  const refusal = async (query: string, path = "/servers") => {
    const reply = await call("GET", `/v2.1${path}?${query}`);
    return [reply.status, reply.json.forbidden?.message];
  };

  expect(await refusal("status=deleted")).toEqual([
    403,
    "Only administrators may list deleted instances",
  ]);
  for (const value of ["1", "true", ""])
    expect(await refusal(`all_tenants=${value}`, "/servers/detail")).toEqual([
      403,
      "Policy doesn't allow os_compute_api:servers:detail:get_all_tenants to be performed.",
    ]);
});

test("E-10: filters on joined columns are refused for administrators and ignored for users", async () => {
  const { table, call } = await startCloud();
  await seedServer(table, settledServer("active"));

  for (const name of [
    "metadata",
    "system_metadata",
    "info_cache",
    "security_groups",
    "_x",
    "__proto__",
  ]) {
    const refusal = await call("GET", `/v2.1/servers?${name}=1`, { as: "admin" });
    expect([refusal.status, refusal.json.badRequest?.message]).toEqual([
      400,
      `Invalid filter field: ${name}.`,
    ]);
    const { json } = await call("GET", `/v2.1/servers?${name}=1`);
    expect([name, json.servers?.length]).toEqual([name, 1]);
  }
});

test.each([
  ["/flavors", ["limit=x", "limit=-1", "marker=nosuch", "minDisk=x", "minRam=x"]],
  ["/images", ["limit=x", "limit=-1", "limit=0", "marker=nosuch", "changes-since=x"]],
])("%s refuses bad limits, markers and filters", async (collection, queries) => {
  const { call } = await startCloud();

  for (const mount of computeMounts)
    for (const path of [collection, `${collection}/detail`])
      for (const query of queries) {
        const reply = await call("GET", `${mount.path}${path}?${query}`, mount.withCredentials());
        expect([path, query, reply.status]).toEqual([path, query, 400]);
      }
});
