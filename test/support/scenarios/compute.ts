import { projects } from "../../../infra/local/accounts.ts";
import type { TestResponse } from "../cloud.ts";
import { microversionHeader, type SendRequest } from "../send-request.ts";

const projectId = projects.demo.id;

export async function computeScenario(ask: SendRequest): Promise<void> {
  const admin = (method: string, path: string, body?: unknown, n = 1) =>
    ask(method, `/v2.1${path}`, {
      as: "admin",
      headers: microversionHeader(n),
      ...(body !== undefined && { body }),
    });
  await flavorsScenario(admin);
  await quotasScenario(admin);
  await serverGroupsScenario(ask, admin);
  await hostsScenario(admin);
  for (const path of ["", `/${projectId}`])
    await admin("GET", `/os-simple-tenant-usage${path}?start=2020-01-01T00:00:00`);
}

type SendAsAdmin = (
  method: string,
  path: string,
  body?: unknown,
  n?: number,
) => Promise<TestResponse>;

async function flavorsScenario(admin: SendAsAdmin): Promise<void> {
  const flavor = { id: "x1", name: "x1", ram: 1, vcpus: 1, disk: 1 };
  const hidden = { ...flavor, "os-flavor-access:is_public": false };
  await admin("POST", "/flavors", { flavor: hidden });
  for (const id of ["x1", "x2"]) await admin("POST", "/flavors", { flavor: { ...flavor, id } });
  for (const path of ["/flavors", "/flavors/detail", "/flavors/1"]) await admin("GET", path);
  await admin("PUT", "/flavors/x1", { flavor: { description: "one" } }, 55);
  await admin("POST", "/flavors/x1/action", { addTenantAccess: { tenant: projectId } });
  await admin("GET", "/flavors/x1/os-flavor-access");
  await admin("POST", "/flavors/x1/action", { removeTenantAccess: { tenant: projectId } });
  const specs = "/flavors/x1/os-extra_specs";
  await admin("POST", specs, { extra_specs: { a: "1" } });
  await admin("PUT", `${specs}/a`, { a: "2" });
  await admin("GET", specs);
  await admin("GET", `${specs}/a`);
  await admin("DELETE", `${specs}/a`);
  for (const id of ["x1", "5", "none"]) await admin("DELETE", `/flavors/${id}`);
}

async function quotasScenario(admin: SendAsAdmin): Promise<void> {
  const at = `/os-quota-sets/${projectId}`;
  for (const path of [at, `${at}/detail`, `${at}/defaults`, `${at}/detail?user_id=u`, "/limits"])
    await admin("GET", path);
  for (const query of ["", "?user_id=u"]) {
    await admin("PUT", at + query, { quota_set: { instances: 99, force: true } });
    await admin("PUT", at + query, { quota_set: { cores: 10 } });
  }
  for (const query of ["?user_id=u", ""]) await admin("DELETE", at + query);
  const classes = "/os-quota-class-sets/default";
  for (const path of [`${at}/defaults`, classes]) {
    await admin("PUT", classes, { quota_class_set: { ram: 1 } });
    await admin("GET", path);
  }
}

async function serverGroupsScenario(ask: SendRequest, admin: SendAsAdmin): Promise<void> {
  const body = { server_group: { name: "g", policies: ["affinity"] } };
  const at = "/v2.1/os-server-groups";
  const { json } = await ask("POST", at, { body });
  await admin("PUT", `/os-quota-sets/${projectId}`, { quota_set: { server_groups: 1 } });
  await ask("POST", at, { body });
  await ask("GET", at);
  await admin("GET", "/os-server-groups?all_projects=1");
  const { id } = json.server_group;
  for (const as of ["demo", "admin", "alt_demo"]) await ask("GET", `${at}/${id}`, { as });
  await ask("DELETE", `${at}/${id}`);
}

async function hostsScenario(admin: SendAsAdmin): Promise<void> {
  const paths = ["", "/detail", "/1", "/1/uptime", "/statistics", "/nova/search", "/nova/servers"];
  for (const path of paths) await admin("GET", `/os-hypervisors${path}`);
  for (const path of ["", "/detail"]) await admin("GET", `/os-availability-zone${path}`);
  for (const path of ["", "/novaless-1"]) await admin("GET", `/os-hosts${path}`);
  for (const path of ["/extensions", "/extensions/NMN", "/os-migrations"]) await admin("GET", path);
  await admin("GET", "/os-services");
  const compute = { host: "novaless-1", binary: "nova-compute" };
  await admin("PUT", "/os-services/disable", compute);
  const spare = { host: "novaless-1", binary: "nova-conductor" };
  await admin("PUT", "/os-services/disable", spare);
  await admin("DELETE", "/os-services/1");
  const { json } = await admin("POST", "/os-aggregates", { aggregate: { name: "a" } });
  const at = `/os-aggregates/${json.aggregate.id}`;
  await admin("GET", "/os-aggregates");
  await admin("GET", at);
  await admin("PUT", at, { aggregate: { name: "b" } });
  await admin("POST", `${at}/action`, { add_host: { host: compute.host } });
  for (const metadata of [{ a: "b" }, { availability_zone: "z" }])
    await admin("POST", `${at}/action`, { set_metadata: { metadata } });
  await admin("POST", `${at}/action`, { remove_host: { host: compute.host } });
  await admin("DELETE", at);
}
