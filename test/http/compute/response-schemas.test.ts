import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { formats } from "../../../lambdas/http/formats.ts";
import { type Answered, cloud } from "../../support/cloud.ts";
import { hasNovaSchemas, novaSchema } from "../../support/nova-schemas.ts";
import { given, resting } from "../../support/servers.ts";

type Admin = (method: string, path: string, body?: unknown) => Promise<Answered>;
type Ask = (admin: Admin) => Promise<Answered>;

const project = projects.demo.id;
const flavor = { id: "x", name: "x", ram: 1, vcpus: 1, disk: 1 };
const hidden = { flavor: { ...flavor, "os-flavor-access:is_public": false } };
const quotas = `/os-quota-sets/${project}`;

const get =
  (path: string): Ask =>
  (admin) =>
    admin("GET", path);

/** What is asked, and Nova's schemas of the answer by the first version that each is for. */
const table: readonly [what: string, ask: Ask, schemas: Readonly<Record<number, string>>][] = [
  [
    "a new flavor",
    (admin) => admin("POST", "/flavors", { flavor }),
    versions("flavors.create_response", 55, 61, 75),
  ],
  ["flavors", get("/flavors?limit=2"), versions("flavors.index_response", 55)],
  ["their details", get("/flavors/detail?limit=2"), versions("flavors.detail_response", 55, 61)],
  [
    "extra specs",
    (admin) => admin("POST", "/flavors/1/os-extra_specs", { extra_specs: { a: 1 } }),
    versions("flavors_extraspecs.index_response"),
  ],
  [
    "an extra spec",
    (admin) => admin("PUT", "/flavors/1/os-extra_specs/a", { a: "1" }),
    versions("flavors_extraspecs.show_response"),
  ],
  [
    "access",
    async (admin) => {
      await admin("POST", "/flavors", hidden);
      return admin("POST", "/flavors/x/action", { addTenantAccess: { tenant: project } });
    },
    versions("flavor_access.add_tenant_access_response"),
  ],
  ["quotas", get(quotas), versions("quota_sets.show_response", 36, 57)],
  ["defaults", get(`${quotas}/defaults`), versions("quota_sets.show_response", 36, 57)],
  ["quotas used", get(`${quotas}/detail`), versions("quota_sets.detail_response", 36, 57)],
  [
    "quotas set",
    (admin) => admin("PUT", quotas, { quota_set: { ram: "60000" } }),
    versions("quota_sets.update_response", 36, 57),
  ],
  [
    "a quota class",
    get("/os-quota-class-sets/default"),
    versions("quota_classes.show_response", 50, 57),
  ],
  [
    "a quota class set",
    (admin) => admin("PUT", "/os-quota-class-sets/x", { quota_class_set: { ram: 1 } }),
    versions("quota_classes.update_response", 50, 57),
  ],
  ["limits", get("/limits"), versions("limits.index_response", 36, 39, 57)],
  ["zones", get("/os-availability-zone"), versions("availability_zone.index_response")],
  [
    "zones and hosts",
    get("/os-availability-zone/detail"),
    versions("availability_zone.detail_response"),
  ],
  [
    "hypervisors",
    get("/os-hypervisors?limit=1"),
    { 33: "hypervisors.index_response_v233", 53: "hypervisors.index_response_v253" },
  ],
  [
    "hypervisors in detail",
    get("/os-hypervisors/detail"),
    versions("hypervisors.detail_response", 28, 33, 53, 88),
  ],
  [
    "a hypervisor",
    async (admin) => {
      const { json } = await admin("GET", "/os-hypervisors");
      return admin("GET", `/os-hypervisors/${json.hypervisors[0].id}`);
    },
    versions("hypervisors.show_response", 28, 53, 88),
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
  ["services", get("/os-services"), versions("services.index_response", 11, 53)],
  [
    "an aggregate made",
    (admin) => admin("POST", "/os-aggregates", { aggregate: { name: "a" } }),
    versions("aggregates.create_response", 41),
  ],
  [
    "aggregates",
    async (admin) => {
      await admin("POST", "/os-aggregates", { aggregate: { name: "a" } });
      return admin("GET", "/os-aggregates");
    },
    versions("aggregates.index_response", 41),
  ],
  [
    "usages",
    get("/os-simple-tenant-usage?detailed=1&start=2020-01-01T00:00:00"),
    versions("simple_tenant_usage.index_response", 40),
  ],
  [
    "a usage",
    get(`/os-simple-tenant-usage/${project}?start=2020-01-01T00:00:00`),
    versions("simple_tenant_usage.show_response", 40),
  ],
  ["migrations", get("/os-migrations"), versions("migrations.index_response_v20")],
  ["extensions", get("/extensions"), versions("extension_info.index_response")],
  ["an extension", get("/extensions/NMN"), versions("extension_info.show_response")],
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

const groups =
  (body: object): Ask =>
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
  holds("server groups", groups(body), version, schema);

for (const [what, ask, schemas] of table)
  for (const [version, schema] of Object.entries(schemas))
    holds(what, ask, Number(version), schema);

function versions(name: string, ...others: number[]): Record<number, string> {
  return { 1: name, ...Object.fromEntries(others.map((n) => [n, `${name}_v2${n}`])) };
}

function holds(what: string, ask: Ask, version: number, schema: string): void {
  test.skipIf(!hasNovaSchemas)(`${what} at 2.${version}: ${schema}`, async () => {
    const { call, table } = await cloud();
    await given(table, resting("active"));
    const headers = { "x-openstack-nova-api-version": `2.${version}` };
    const reply = await ask((method, path, body) =>
      call(method, `/v2.1${path}`, { as: "admin", headers, ...(body ? { body } : {}) }),
    );
    expect(reply.status).toBeLessThan(300);
    expect(complaintsOf(schema, reply.json)).toEqual([]);
  });
}

function complaintsOf(name: string, body: unknown) {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    allErrors: true,
    unicodeRegExp: false,
    formats: { ...formats, name: true, uri: true, url: true },
  });
  const validate = ajv.compile(novaSchema(name));
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
