import { accounts, projects } from "../../infra/local/accounts.ts";
import type { Table } from "../../lambdas/database/table.ts";
import type { AnyOperation } from "../../lambdas/http/operation.ts";
import { roleIds } from "../../lambdas/identity/model/identity.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { mounts } from "../../lambdas/services.ts";
import type { CallOptions } from "./cloud.ts";
import { neutronPath } from "./network.ts";
import { microversionHeader, type SendRequest } from "./send-request.ts";
import { seedServer, settledServer } from "./servers.ts";
import { cinderPath } from "./volumes.ts";

interface SampleContext {
  readonly ask: SendRequest;
  readonly table: Table;
}

type Sample = (context: SampleContext) => string | Promise<string>;

const [admin] = accounts;

const literal =
  (value = "sample"): Sample =>
  () =>
    value;

const created =
  (path: string, singular: string, attributes: object, key = "id"): Sample =>
  async ({ ask }) => {
    const { text, json } = await ask("POST", path, {
      as: "admin",
      body: { [singular]: attributes },
    });
    const id = json[singular]?.[key];
    if (id === undefined) throw new Error(`POST ${path} made no sample: ${text}`);
    return String(id);
  };

const listed =
  (path: string, collection: string, headers: Record<string, string> = {}): Sample =>
  async ({ ask }) =>
    (await ask("GET", path, { as: "admin", headers })).json[collection][0].id;

const network = created(`${neutronPath}/networks`, "network", { name: "sample" });

/** By path parameter: an id of an existing resource. */
const samples: Readonly<Record<string, Sample>> = {
  server_id: async ({ table }) => (await seedServer(table, settledServer("active"))).id,
  flavor_id: literal("1"),
  image_id: literal(seedImages[0]?.id),
  member_id: literal(projects.demo.id),
  keypair_name: created("/v2.1/os-keypairs", "keypair", { name: "sample" }, "name"),
  hypervisor_id: listed("/v2.1/os-hypervisors", "hypervisors", microversionHeader(96)),
  host_name: literal("novaless-1"),
  aggregate_id: created("/v2.1/os-aggregates", "aggregate", { name: "sample" }),
  group_id: created("/v2.1/os-server-groups", "server_group", {
    ...{ name: "sample", policies: ["affinity"] },
  }),
  quota_class: literal("default"),
  before: literal("2026-01-15 12:00:00"),
  network: literal("private"),
  project: literal(projects.demo.id),
  quota_project: literal(projects.demo.id),
  project_id: literal(projects.demo.id),
  user_id: literal(admin?.id),
  domain_id: literal("default"),
  role_id: literal(roleIds.admin),
  implied_role_id: literal(roleIds.member),
  application_credential_id: literal(),
  region_id: literal("RegionOne"),
  service_id: listed("/identity/v3/services", "services"),
  endpoint_id: listed("/identity/v3/endpoints", "endpoints"),
  network_id: network,
  subnet_id: async (context) => {
    const attributes = { network_id: await network(context), ip_version: 4, cidr: "10.9.0.0/24" };
    return created(`${neutronPath}/subnets`, "subnet", attributes)(context);
  },
  port_id: async (context) =>
    created(`${neutronPath}/ports`, "port", { network_id: await network(context) })(context),
  router_id: created(`${neutronPath}/routers`, "router", { name: "sample" }),
  floatingip_id: literal(),
  floating_ip_id: literal(),
  security_group_id: listed(`${neutronPath}/security-groups`, "security_groups"),
  rule_id: listed(`${neutronPath}/security-group-rules`, "security_group_rules"),
  collection: literal("networks"),
  resource_id: network,
  volume_id: created(`${cinderPath}/volumes`, "volume", { size: 1 }),
  snapshot_id: literal(),
  attachment_id: literal(),
  type_id: listed(`${cinderPath}/types`, "volume_types"),
  migration_id: literal("1"),
  request_id: literal("req-00000000-0000-4000-8000-000000000000"),
  alias: literal("router"),
  tag: literal(),
  key: literal(),
  name: literal("image"),
  token: literal(),
};

/** Throws an Error that names the parameter for one without a sample. */
export async function samplePath(route: string, context: SampleContext): Promise<string> {
  let path = route;
  for (const [placeholder, name = ""] of route.matchAll(/\{(\w+)\}/g)) {
    const sample = Object.hasOwn(samples, name) ? samples[name] : undefined;
    if (!sample) throw new Error(`no sample for {${name}}: add one to test/support/sample-ids.ts`);
    path = path.replace(placeholder, encodeURIComponent(await sample(context)));
  }
  return path;
}

export async function requestRead(
  { route, versions, service }: AnyOperation,
  context: SampleContext,
): Promise<void> {
  const [method = "", path = ""] = route.split(" ");
  const options: CallOptions = {
    as: "admin",
    ...(service === "compute" && { headers: microversionHeader(versions?.until ?? 96) }),
    ...(service === "volume" && { headers: { "openstack-api-version": "volume 3.70" } }),
  };
  const mountPath = mounts[service].find((mount) => !mount.includes("{")) ?? "";
  await context.ask(method, mountPath + (await samplePath(path, context)), options);
}
