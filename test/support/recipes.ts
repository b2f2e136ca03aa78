import { projects } from "../../infra/local/accounts.ts";
import { images } from "../../lambdas/image/model/image.ts";
import type { Answered, cloud } from "./cloud.ts";
import { at } from "./one-server.ts";
import { given, resting } from "./servers.ts";

type World = Awaited<ReturnType<typeof cloud>>;

/** The same operation at a version, as whoever may: with the body that it takes by then. */
type Recipe = (ask: Ask, version: number, world: World) => Promise<Answered>;

type Ask = (method: string, path: string, body?: object) => Promise<Answered>;

const project = projects.demo.id;

/** A server of the administrator's project, on which anything may be done. */
const server = async ({ table }: World) =>
  (await given(table, resting("active", { project: projects.admin.id, tags: ["blue"] }))).id;

/** On a server: what follows its id, and the body. */
const on =
  (method: string, path: string, body: object | ((version: number) => object)): Recipe =>
  async (ask, version, world) =>
    ask(
      method,
      `/servers/${await server(world)}${path}`,
      typeof body === "function" ? body(version) : body,
    );

const flavor = { id: "x", name: "x", ram: 512, vcpus: 1, disk: 1 };

/** Of a new aggregate, which a host is in where it is to go. */
function changing(change: object): Recipe {
  return async (ask) => {
    const { json } = await ask("POST", "/os-aggregates", {
      aggregate: { name: crypto.randomUUID() },
    });
    const path = `/os-aggregates/${json.aggregate.id}/action`;
    if ("remove_host" in change) await ask("POST", path, { add_host: change.remove_host });
    return ask("POST", path, change);
  };
}

/** How to do what Nova answers in more than one way, as time went on: by its own route and action. */
export const recipes: Readonly<Record<string, Recipe>> = {
  "POST /servers/{}/action rebuild": on("POST", "/action", {
    rebuild: { imageRef: images[0]?.id },
  }),
  "POST /servers/{}/action createBackup": on("POST", "/action", {
    createBackup: { name: "daily", backup_type: "daily", rotation: 1 },
  }),
  "POST /servers/{}/action evacuate": async (ask, version, world) => {
    const id = await server(world);
    const down = { host: "novaless-1", binary: "nova-compute", forced_down: true };
    await world.call("PUT", "/v2.1/os-services/force-down", {
      as: "admin",
      headers: at(11),
      body: down,
    });
    const evacuate = version < 14 ? { onSharedStorage: false } : {};
    return ask("POST", `/servers/${id}/action`, { evacuate });
  },
  "POST /servers/{}/os-volume_attachments": async (ask, _version, world) => {
    const { json } = await world.call("POST", "/volume/v3/volumes", {
      as: "admin",
      body: { volume: { size: 1 } },
    });
    world.pass(60_000);
    const body = { volumeAttachment: { volumeId: json.volume.id } };
    return ask("POST", `/servers/${await server(world)}/os-volume_attachments`, body);
  },
  "POST /os-server-external-events": async (ask, _version, world) =>
    ask("POST", "/os-server-external-events", {
      events: [{ name: "network-changed", server_uuid: await server(world) }],
    }),
  "PUT /servers/{}": on("PUT", "", { server: { name: "other" } }),
  "POST /servers/{}/remote-consoles": on("POST", "/remote-consoles", {
    remote_console: { protocol: "vnc", type: "novnc" },
  }),
  "POST /servers/{}/action createImage": on("POST", "/action", { createImage: { name: "snap" } }),
  "POST /servers/{}/os-interface": async (ask, _version, world) => {
    const { json } = await world.call("GET", "/network/v2.0/networks?name=private", {
      as: "admin",
    });
    const body = { interfaceAttachment: { net_id: json.networks[0].id } };
    return ask("POST", `/servers/${await server(world)}/os-interface`, body);
  },
  "POST /os-keypairs": async (ask, version) => {
    const { json } = await ask("GET", "/os-keypairs");
    const public_key =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBzlOxsxy2ap6ZxNkCcNEXIlgl4sQyYvJqRzvv5jjDzj";
    const name = `key-${json.keypairs.length}`;
    return ask("POST", "/os-keypairs", { keypair: { name, ...(version >= 92 && { public_key }) } });
  },
  "POST /flavors": (ask) =>
    ask("POST", "/flavors", { flavor: { ...flavor, id: null, name: crypto.randomUUID() } }),
  "PUT /flavors/{}": async (ask) => {
    await ask("POST", "/flavors", { flavor });
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
  "POST /os-aggregates/{}/action add_host": changing({ add_host: { host: "novaless-1" } }),
  "POST /os-aggregates/{}/action remove_host": changing({ remove_host: { host: "novaless-1" } }),
  "POST /os-aggregates/{}/action set_metadata": changing({
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
    ask("PUT", `/os-quota-sets/${project}`, { quota_set: { ram: 60_000 } }),
  "POST /os-server-groups": (ask, version) =>
    ask("POST", "/os-server-groups", {
      server_group: {
        name: "apart",
        ...(version < 64 ? { policies: ["anti-affinity"] } : { policy: "anti-affinity" }),
      },
    }),
};

/** Does it by its recipe, at that version, as an administrator. */
export function prepared(what: string, version: number, world: World): Promise<Answered> {
  const ask: Ask = (method, path, body) =>
    world.call(method, `/v2.1${path}`, {
      as: "admin",
      headers: at(version),
      ...(body && { body }),
    });
  const recipe = recipes[what];
  if (!recipe) throw new Error(`there is no recipe for ${what}`);
  return recipe(ask, version, world);
}
