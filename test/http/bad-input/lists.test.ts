import { expect, test } from "vitest";
import { cloud } from "../../support/cloud.ts";
import { doors, doorsOf } from "../../support/doors.ts";
import { untouched } from "../../support/items.ts";
import { given, resting } from "../../support/servers.ts";

const of = (parameter: string, value: string, reason: string) =>
  `Invalid input for query parameters ${parameter}. Value: ${value}. ${reason}`;

/** Queries that a list refuses, and the words. */
const refused: readonly [query: string, message: unknown][] = [
  ["limit=abc", of("limit", "abc", "'abc' does not match '^[0-9]*$'")],
  ["limit=-1", of("limit", "-1", "'-1' does not match '^[0-9]*$'")],
  ["limit=1.5", of("limit", "1.5", "'1.5' does not match '^[0-9]*$'")],
  ["limit=", of("limit", "", "'' is too short")],
  ["limit=1&limit=x", of("limit", "x", "'x' does not match '^[0-9]*$'")],
  ["marker=nosuch", "marker [nosuch] not found"],
  ["marker=00000000-0000-0000-0000-000000000000", expect.stringMatching(/^marker \[/)],
  [
    "name=",
    expect.stringMatching(
      /^Invalid input for query parameters name\. Value: \. '' is not a 'regex'$/,
    ),
  ],
  ["name=[", of("name", "[", "'[' is not a 'regex'")],
  ["name=(", of("name", "(", "'(' is not a 'regex'")],
  ["name=*", of("name", "*", "'*' is not a 'regex'")],
  ["ip=[", of("ip", "[", "'[' is not a 'regex'")],
  ["changes-since=yesterday", of("changes-since", "yesterday", "'yesterday' is not a 'date-time'")],
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

for (const door of doors)
  test(`E-09, E-10: ${door.name} at "${door.at}" refuses a query that cannot be`, async () => {
    const { table, call } = await cloud();
    await given(table, resting("active"));

    await untouched(table, async () => {
      for (const path of ["/servers", "/servers/detail"])
        for (const [query, message] of refused) {
          const reply = await call("GET", `${door.at}${path}?${query}`, door.asked());
          door.refused(reply, { status: 400, name: "badRequest", message });
        }
    });
  });

test("E-10: a regular expression that would run for ever is refused at once", async () => {
  const { table, call } = await cloud();
  await given(table, resting("active", { name: "a".repeat(255) }));

  for (const name of [
    "(a%2B)%2B$",
    "(a|a)*$",
    "(.*a){25}",
    "a*a*a*a*b",
    "(a)\\1*b",
    "x{1,}".repeat(9),
  ]) {
    const reply = await call("GET", `/v2.1/servers?name=${name}`);
    expect([name, reply.status]).toEqual([name, 400]);
  }
});

test("E-09: a limit of 0 is an empty page without a link, and a large one is 1000", async () => {
  const { table, call } = await cloud();
  await given(table, resting("active"));

  for (const door of doorsOf("nova", "nova-v2", "rackspace")) {
    expect((await call("GET", `${door.at}/servers?limit=0`)).json).toEqual({ servers: [] });
    for (const limit of ["1001", "99999999999999999999", "0001000"]) {
      const reply = await call("GET", `${door.at}/servers?limit=${limit}`);
      expect([reply.status, reply.json.servers.length]).toEqual([200, 1]);
    }
  }
});

test("E-10: what a list does not know is ignored, whatever it is called", async () => {
  const { table, call } = await cloud();
  await given(table, resting("active"));

  for (const query of [
    ...["nosuch=1", "vm_state=x", "host=x", "uuid=x", "=", "&&&", "a%00b=1", "constructor=1"],
    ...["%", "%zz=%", "tenant_id=x", "status=NOSUCH&status=ACTIVE"],
  ]) {
    const reply = await call("GET", `/v2.1/servers?${query}`);
    expect([query, reply.status, reply.json.servers?.length]).toEqual([query, 200, 1]);
  }
});

test("E-10: an unknown status or flavor is an empty list", async () => {
  const { table, call } = await cloud();
  await given(table, resting("active"));

  for (const query of ["status=NOSUCH", "flavor=nosuch", "image=nosuch"]) {
    const reply = await call("GET", `/v2.1/servers?${query}`);
    expect([query, reply.status, reply.json.servers]).toEqual([query, 200, []]);
  }
});

test("E-08, E-10: users may list neither all tenants nor deleted servers", async () => {
  const { call } = await cloud();
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

test("E-10: filters on what is joined to a server are refused to administrators, and nothing to users", async () => {
  const { table, call } = await cloud();
  await given(table, resting("active"));

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
  const { call } = await cloud();

  for (const door of doors)
    for (const path of [collection, `${collection}/detail`])
      for (const query of queries) {
        const reply = await call("GET", `${door.at}${path}?${query}`, door.asked());
        expect([path, query, reply.status]).toEqual([path, query, 400]);
      }
});
