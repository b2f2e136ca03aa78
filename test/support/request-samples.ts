import { projects } from "../../infra/local/accounts.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import type { TestCloud, TestResponse } from "./cloud.ts";
import { microversionHeader } from "./one-server.ts";
import { seedServer, settledServer } from "./servers.ts";

/** Runs the operation at a version, with that version's body. */
type RequestSample = (ask: SendSample, version: number, cloud: TestCloud) => Promise<TestResponse>;

type SendSample = (method: string, path: string, body?: object) => Promise<TestResponse>;

const projectId = projects.demo.id;

const addSampleServer = async ({ table }: TestCloud) =>
  (await seedServer(table, settledServer("active", { project: projects.admin.id, tags: ["blue"] })))
    .id;

/** The path after the server id, and the body. */
const onServer =
  (method: string, path: string, body: object | ((version: number) => object)): RequestSample =>
  async (ask, version, cloud) =>
    ask(
      method,
      `/servers/${await addSampleServer(cloud)}${path}`,
      typeof body === "function" ? body(version) : body,
    );

const flavorBody = { id: "x", name: "x", ram: 512, vcpus: 1, disk: 1 };

function changeAggregate(change: object): RequestSample {
  return async (ask) => {
    const { json } = await ask("POST", "/os-aggregates", {
      aggregate: { name: crypto.randomUUID() },
    });
    const path = `/os-aggregates/${json.aggregate.id}/action`;
    if ("remove_host" in change) await ask("POST", path, { add_host: change.remove_host });
    return ask("POST", path, change);
  };
}

/** Samples for operations with several responses, by route and action. */
export const requestSamples: Readonly<Record<string, RequestSample>> = {
  "POST /servers/{}/action rebuild": onServer("POST", "/action", {
    rebuild: { imageRef: seedImages[0]?.id },
  }),
  "POST /servers/{}/action createBackup": onServer("POST", "/action", {
    createBackup: { name: "daily", backup_type: "daily", rotation: 1 },
  }),
  "POST /servers/{}/action evacuate": async (ask, version, cloud) => {
    const id = await addSampleServer(cloud);
    const down = { host: "novaless-1", binary: "nova-compute", forced_down: true };
    await cloud.call("PUT", "/v2.1/os-services/force-down", {
      as: "admin",
      headers: microversionHeader(11),
      body: down,
    });
    const evacuate = version < 14 ? { onSharedStorage: false } : {};
    return ask("POST", `/servers/${id}/action`, { evacuate });
  },
  "POST /servers/{}/os-volume_attachments": async (ask, _version, cloud) => {
    const { json } = await cloud.call("POST", "/volume/v3/volumes", {
      as: "admin",
      body: { volume: { size: 1 } },
    });
    cloud.pass(60_000);
    const body = { volumeAttachment: { volumeId: json.volume.id } };
    return ask("POST", `/servers/${await addSampleServer(cloud)}/os-volume_attachments`, body);
  },
  "POST /os-server-external-events": async (ask, _version, cloud) =>
    ask("POST", "/os-server-external-events", {
      events: [{ name: "network-changed", server_uuid: await addSampleServer(cloud) }],
    }),
  "PUT /servers/{}": onServer("PUT", "", { server: { name: "other" } }),
  "POST /servers/{}/remote-consoles": onServer("POST", "/remote-consoles", {
    remote_console: { protocol: "vnc", type: "novnc" },
  }),
  "POST /servers/{}/action createImage": onServer("POST", "/action", {
    createImage: { name: "snap" },
  }),
  "POST /servers/{}/os-interface": async (ask, _version, cloud) => {
    const { json } = await cloud.call("GET", "/network/v2.0/networks?name=private", {
      as: "admin",
    });
    const body = { interfaceAttachment: { net_id: json.networks[0].id } };
    return ask("POST", `/servers/${await addSampleServer(cloud)}/os-interface`, body);
  },
  "POST /os-keypairs": async (ask, version) => {
    const { json } = await ask("GET", "/os-keypairs");
    const public_key =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBzlOxsxy2ap6ZxNkCcNEXIlgl4sQyYvJqRzvv5jjDzj";
    const name = `key-${json.keypairs.length}`;
    return ask("POST", "/os-keypairs", { keypair: { name, ...(version >= 92 && { public_key }) } });
  },
  "POST /flavors": (ask) =>
    ask("POST", "/flavors", { flavor: { ...flavorBody, id: null, name: crypto.randomUUID() } }),
  "PUT /flavors/{}": async (ask) => {
    await ask("POST", "/flavors", { flavor: flavorBody });
    return ask("PUT", "/flavors/x", { flavor: { description: "other" } });
  },
  "POST /os-aggregates": (ask) =>
    ask("POST", "/os-aggregates", { aggregate: { name: crypto.randomUUID() } }),
  "PUT /os-aggregates/{}": async (ask) => {
    const { json } = await ask("POST", "/os-aggregates", {
      aggregate: { name: crypto.randomUUID() },
    });
    const body = { aggregate: { name: crypto.randomUUID() } };
    return ask("PUT", `/os-aggregates/${json.aggregate.id}`, body);
  },
  "POST /os-aggregates/{}/action add_host": changeAggregate({ add_host: { host: "novaless-1" } }),
  "POST /os-aggregates/{}/action remove_host": changeAggregate({
    remove_host: { host: "novaless-1" },
  }),
  "POST /os-aggregates/{}/action set_metadata": changeAggregate({
    set_metadata: { metadata: { key: "1" } },
  }),
  "PUT /os-services/{}": async (ask, version) => {
    if (version < 53)
      return ask("PUT", "/os-services/enable", { host: "novaless-1", binary: "nova-compute" });
    const { json } = await ask("GET", "/os-services?binary=nova-compute");
    return ask("PUT", `/os-services/${json.services[0].id}`, { status: "enabled" });
  },
  "PUT /os-quota-class-sets/{}": (ask) =>
    ask("PUT", "/os-quota-class-sets/x", { quota_class_set: { ram: 1 } }),
  "PUT /os-quota-sets/{}": (ask) =>
    ask("PUT", `/os-quota-sets/${projectId}`, { quota_set: { ram: 60_000 } }),
  "POST /os-server-groups": (ask, version) =>
    ask("POST", "/os-server-groups", {
      server_group: {
        name: "apart",
        ...(version < 64 ? { policies: ["anti-affinity"] } : { policy: "anti-affinity" }),
      },
    }),
};

export function sendSample(
  operationName: string,
  version: number,
  cloud: TestCloud,
): Promise<TestResponse> {
  const ask: SendSample = (method, path, body) =>
    cloud.call(method, `/v2.1${path}`, {
      as: "admin",
      headers: microversionHeader(version),
      ...(body && { body }),
    });
  const sample = requestSamples[operationName];
  if (!sample) throw new Error(`there is no recipe for ${operationName}`);
  return sample(ask, version, cloud);
}
