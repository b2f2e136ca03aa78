import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { formatChecks } from "../../../lambdas/http/formats.ts";
import { startCloud, type TestResponse } from "../../support/cloud.ts";
import { hasNovaSchemas, readNovaSchema } from "../../support/nova-schemas.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

type SendAsAdmin = (method: string, path: string, body?: unknown) => Promise<TestResponse>;
type SendSample = (admin: SendAsAdmin) => Promise<TestResponse>;

const project = projects.demo.id;
const flavor = { id: "x", name: "x", ram: 1, vcpus: 1, disk: 1 };
const privateFlavor = { flavor: { ...flavor, "os-flavor-access:is_public": false } };
const quotasPath = `/os-quota-sets/${project}`;

const get =
  (path: string): SendSample =>
  (admin) =>
    admin("GET", path);

const schemaCases: readonly [
  what: string,
  ask: SendSample,
  schemas: Readonly<Record<number, string>>,
][] = [
  [
    "a new flavor",
    (admin) => admin("POST", "/flavors", { flavor }),
    schemaVersions("flavors.create_response", 55, 61, 75),
  ],
  ["flavors", get("/flavors?limit=2"), schemaVersions("flavors.index_response", 55)],
  [
    "their details",
    get("/flavors/detail?limit=2"),
    schemaVersions("flavors.detail_response", 55, 61),
  ],
  [
    "extra specs",
    (admin) => admin("POST", "/flavors/1/os-extra_specs", { extra_specs: { a: 1 } }),
    schemaVersions("flavors_extraspecs.index_response"),
  ],
  [
    "an extra spec",
    (admin) => admin("PUT", "/flavors/1/os-extra_specs/a", { a: "1" }),
    schemaVersions("flavors_extraspecs.show_response"),
  ],
  [
    "access",
    async (admin) => {
      await admin("POST", "/flavors", privateFlavor);
      return admin("POST", "/flavors/x/action", { addTenantAccess: { tenant: project } });
    },
    schemaVersions("flavor_access.add_tenant_access_response"),
  ],
  ["quotas", get(quotasPath), schemaVersions("quota_sets.show_response", 36, 57)],
  ["defaults", get(`${quotasPath}/defaults`), schemaVersions("quota_sets.show_response", 36, 57)],
  [
    "quotas used",
    get(`${quotasPath}/detail`),
    schemaVersions("quota_sets.detail_response", 36, 57),
  ],
  [
    "quotas set",
    (admin) => admin("PUT", quotasPath, { quota_set: { ram: "60000" } }),
    schemaVersions("quota_sets.update_response", 36, 57),
  ],
  [
    "a quota class",
    get("/os-quota-class-sets/default"),
    schemaVersions("quota_classes.show_response", 50, 57),
  ],
  [
    "a quota class set",
    (admin) => admin("PUT", "/os-quota-class-sets/x", { quota_class_set: { ram: 1 } }),
    schemaVersions("quota_classes.update_response", 50, 57),
  ],
  ["limits", get("/limits"), schemaVersions("limits.index_response", 36, 39, 57)],
  ["zones", get("/os-availability-zone"), schemaVersions("availability_zone.index_response")],
  [
    "zones and hosts",
    get("/os-availability-zone/detail"),
    schemaVersions("availability_zone.detail_response"),
  ],
  [
    "hypervisors",
    get("/os-hypervisors?limit=1"),
    { 33: "hypervisors.index_response_v233", 53: "hypervisors.index_response_v253" },
  ],
  [
    "hypervisors in detail",
    get("/os-hypervisors/detail"),
    schemaVersions("hypervisors.detail_response", 28, 33, 53, 88),
  ],
  [
    "a hypervisor",
    async (admin) => {
      const { json } = await admin("GET", "/os-hypervisors");
      return admin("GET", `/os-hypervisors/${json.hypervisors[0].id}`);
    },
    schemaVersions("hypervisors.show_response", 28, 53, 88),
  ],
  [
    "a hypervisor's servers",
    get("/os-hypervisors/novaless/servers"),
    { 1: "hypervisors.servers_response", 52: "hypervisors.servers_response" },
  ],
  [
    "statistics",
    get("/os-hypervisors/statistics"),
    { 1: "hypervisors.statistics_response", 87: "hypervisors.statistics_response" },
  ],
  ["services", get("/os-services"), schemaVersions("services.index_response", 11, 53)],
  [
    "an aggregate made",
    (admin) => admin("POST", "/os-aggregates", { aggregate: { name: "a" } }),
    schemaVersions("aggregates.create_response", 41),
  ],
  [
    "aggregates",
    async (admin) => {
      await admin("POST", "/os-aggregates", { aggregate: { name: "a" } });
      return admin("GET", "/os-aggregates");
    },
    schemaVersions("aggregates.index_response", 41),
  ],
  [
    "usages",
    get("/os-simple-tenant-usage?detailed=1&start=2020-01-01T00:00:00"),
    schemaVersions("simple_tenant_usage.index_response", 40),
  ],
  [
    "a usage",
    get(`/os-simple-tenant-usage/${project}?start=2020-01-01T00:00:00`),
    schemaVersions("simple_tenant_usage.show_response", 40),
  ],
  ["migrations", get("/os-migrations"), schemaVersions("migrations.index_response_v20")],
  ["extensions", get("/extensions"), schemaVersions("extension_info.index_response")],
  ["an extension", get("/extensions/NMN"), schemaVersions("extension_info.show_response")],
  ["hosts", get("/os-hosts"), { 1: "hosts.index_response" }],
  ["a host", get("/os-hosts/novaless-1"), { 1: "hosts.show_response" }],
  [
    "a keypair made",
    (admin) => admin("POST", "/os-keypairs", { keypair: { name: "k" } }),
    { 1: "keypairs.create_response", 2: "keypairs.create_response_v22" },
  ],
  [
    "keypairs",
    async (admin) => {
      await admin("POST", "/os-keypairs", { keypair: { name: "k", public_key: key } });
      return admin("GET", "/os-keypairs?limit=1");
    },
    {
      1: "keypairs.index_response",
      2: "keypairs.index_response_v22",
      35: "keypairs.index_response_v235",
    },
  ],
  [
    "a keypair",
    async (admin) => {
      await admin("POST", "/os-keypairs", { keypair: { name: "k", public_key: key } });
      return admin("GET", "/os-keypairs/k");
    },
    { 1: "keypairs.show_response", 2: "keypairs.show_response_v22" },
  ],
];

const key =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBZ+Wq+XGWg4FQYLqPnzI6vZ0gcuT6lkJ9rQ0pvE1p7T web@example.com";

const onNewGroup =
  (body: object): SendSample =>
  async (admin) => {
    await admin("POST", "/os-server-groups", { server_group: { name: "g", ...body } });
    return admin("GET", "/os-server-groups");
  };

for (const [version, body, schema] of [
  [1, { policies: ["affinity"] }, "server_groups.index_response"],
  [13, { policies: ["affinity"] }, "server_groups.index_response_v213"],
  [15, { policies: ["soft-affinity"] }, "server_groups.index_response_v215"],
  [
    64,
    { policy: "anti-affinity", rules: { max_server_per_host: "3" } },
    "server_groups.index_response_v264",
  ],
] as const)
  testResponseSchema("server groups", onNewGroup(body), version, schema);

for (const [what, ask, schemas] of schemaCases)
  for (const [version, schema] of Object.entries(schemas))
    testResponseSchema(what, ask, Number(version), schema);

function schemaVersions(name: string, ...others: number[]): Record<number, string> {
  return { 1: name, ...Object.fromEntries(others.map((n) => [n, `${name}_v2${n}`])) };
}

function testResponseSchema(what: string, ask: SendSample, version: number, schema: string): void {
  test.skipIf(!hasNovaSchemas)(`${what} at 2.${version}: ${schema}`, async () => {
    const { call, table } = await startCloud();
    await seedServer(table, settledServer("active"));
    const headers = { "x-openstack-nova-api-version": `2.${version}` };
    const reply = await ask((method, path, body) =>
      call(method, `/v2.1${path}`, { as: "admin", headers, ...(body ? { body } : {}) }),
    );
    expect(reply.status).toBeLessThan(300);
    expect(schemaErrors(schema, reply.json)).toEqual([]);
  });
}

function schemaErrors(name: string, body: unknown) {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    allErrors: true,
    unicodeRegExp: false,
    formats: { ...formatChecks, name: true, uri: true, url: true },
  });
  const validate = ajv.compile(readNovaSchema(name));
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
