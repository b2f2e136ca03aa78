import fc from "fast-check";
import { expect } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import type { Port } from "../../lambdas/network/model/port.ts";
import { floatingIpsIn } from "../../lambdas/network/repositories/floating-ips.ts";
import { ipAllocationsOf } from "../../lambdas/network/repositories/ip-allocation.ts";
import { portsIn } from "../../lambdas/network/repositories/ports.ts";
import type { Volume } from "../../lambdas/volume/model/volume.ts";
import { volumesIn } from "../../lambdas/volume/repositories/volumes.ts";
import type { TestCloud } from "./cloud.ts";
import { neutronClient, neutronPath } from "./network.ts";
import { cinderClient } from "./volumes.ts";

/** Servers, volumes, ports and floating IPs that relations are made among. */
const slots = 3;

const weights = {
  attachVolume: 6,
  detachVolume: 6,
  extendVolume: 1,
  deleteVolume: 2,
  attachPort: 5,
  detachPort: 2,
  attachNewPort: 1,
  deletePort: 1,
  associate: 2,
  deleteServer: 5,
} as const;

export interface RelationStep {
  readonly kind: keyof typeof weights;
  /**
   * Slot of a server. A detach prefers a server with the volume or port, a delete that of the last
   * detach.
   */
  readonly server: number;
  /** Slot of a volume, port or floating IP. */
  readonly neighbour: number;
  readonly port: number;
  /** Delete the volume with its server; associate a floating IP. */
  readonly flag: boolean;
  /** Time that passes afterwards. */
  readonly delayMs: number;
}

const slot = fc.nat(slots - 1);

export const relationSteps: fc.Arbitrary<RelationStep[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(
      ...(Object.keys(weights) as RelationStep["kind"][]).flatMap((kind) =>
        Array<RelationStep["kind"]>(weights[kind]).fill(kind),
      ),
    ),
    server: slot,
    neighbour: slot,
    port: slot,
    flag: fc.boolean(),
    delayMs: fc.constantFrom(0, 100, 600, 3_000),
  }),
  { minLength: 6, maxLength: 24, size: "max" },
);

interface VolumeModel {
  readonly id: string;
  exists: boolean;
  /** Server id to deleteOnTermination. */
  readonly attachments: Map<string, boolean>;
}

interface PortModel {
  readonly id: string;
  exists: boolean;
  server: string | null;
  readonly isMadeForServer: boolean;
}

export async function startRelations(cloud: TestCloud) {
  const cinder = cinderClient(cloud);
  const neutron = neutronClient(cloud.call);
  const { records } = cloud.environment.backend();
  const scope = { project: projects.demo.id, allProjects: false };
  const nova = (method: string, path: string, body?: object, minor = 87) =>
    cloud.call(method, `/v2.1${path}`, {
      headers: { "x-openstack-nova-api-version": `2.${minor}` },
      ...(body && { body }),
    });

  const group = (
    await nova("POST", "/os-server-groups", { server_group: { name: "g", policy: "affinity" } })
  ).json.server_group.id;
  const keyName = `key-${group}`;
  await nova("POST", "/os-keypairs", {
    keypair: { name: keyName, type: "ssh", public_key: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==" },
  });
  const { network, subnet } = await neutron.place("10.77.0.0/24");
  const external = (await neutron.list("networks", "?router:external=true"))[0].id;
  await cinder.make(
    "volume_type",
    { name: "multi", extra_specs: { multiattach: "<is> True" } },
    "admin",
  );

  async function boot(): Promise<string> {
    const server = {
      ...{ name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", networks: "none" },
      key_name: keyName,
    };
    const { json } = await nova("POST", "/servers", {
      server,
      "os:scheduler_hints": { group },
    });
    cloud.pass(3_000);
    return json.server.id;
  }

  const servers: string[] = [];
  for (let i = 0; i < slots; i++) servers.push(await boot());
  const volumes: VolumeModel[] = [];
  for (let i = 0; i < slots; i++) {
    const { id } = await cinder.volume(i === 0 ? { volume_type: "multi" } : {});
    volumes.push({ id, exists: true, attachments: new Map() });
  }
  const ports: PortModel[] = [];
  for (let i = 0; i < slots; i++) {
    const { id } = await neutron.make("ports", "port", { network_id: network.id });
    ports.push({ id, exists: true, server: null, isMadeForServer: false });
  }
  const floatingIps: { readonly id: string; port: string | null }[] = [];
  for (let i = 0; i < slots; i++) {
    const { id } = await neutron.make("floatingips", "floatingip", {
      floating_network_id: external,
    });
    floatingIps.push({ id, port: null });
  }

  const at = <T>(all: readonly T[], i: number): T => all[i] as T;

  function forgetPort(port: PortModel): void {
    port.exists = false;
    for (const floatingIp of floatingIps) if (floatingIp.port === port.id) floatingIp.port = null;
  }

  function forgetServer(server: string): void {
    for (const volume of volumes) {
      const isDeletedWithServer = volume.attachments.get(server);
      if (!volume.attachments.delete(server)) continue;
      if (isDeletedWithServer && volume.attachments.size === 0) volume.exists = false;
    }
    for (const port of ports.filter((one) => one.exists && one.server === server)) {
      if (port.isMadeForServer) forgetPort(port);
      port.server = null;
    }
  }

  /** The stored neighbours that do not name the server, as text. */
  async function othersOf(server: string): Promise<string[]> {
    const namesServer = (volume: Volume) => JSON.stringify(volume).includes(server);
    const storedVolumes = await volumesIn(records).all(scope);
    const storedPorts = await portsIn(records).all(scope);
    const portIds = new Set(
      storedPorts.filter(({ device_id }) => device_id === server).map(({ id }) => id),
    );
    const storedFloatingIps = await floatingIpsIn(records).all(scope);
    return [
      ...storedVolumes.filter((volume) => !namesServer(volume)),
      ...storedPorts.filter(({ id }: Port) => !portIds.has(id)),
      ...storedFloatingIps.filter(({ port_id }) => port_id === null || !portIds.has(port_id)),
    ].map((one) => JSON.stringify(one));
  }

  async function deleteServer(i: number): Promise<void> {
    const server = at(servers, i);
    const others = await othersOf(server);
    expect((await nova("DELETE", `/servers/${server}`)).status).toBe(204);
    expect(await othersOf(server)).toEqual(expect.arrayContaining(others));
    forgetServer(server);
    servers[i] = await boot();
  }

  const isAccepted = async (pending: ReturnType<typeof nova>): Promise<boolean> => {
    const { status, text } = await pending;
    expect(status, text).toBeLessThan(500);
    return status < 300;
  };

  let lastDetached: number | null = null;

  const handlers: Readonly<Record<RelationStep["kind"], (step: RelationStep) => Promise<void>>> = {
    async attachVolume(step) {
      const [server, volume] = [at(servers, step.server), at(volumes, step.neighbour)];
      const volumeAttachment = { volumeId: volume.id, delete_on_termination: step.flag };
      const path = `/servers/${server}/os-volume_attachments`;
      if (await isAccepted(nova("POST", path, { volumeAttachment })))
        volume.attachments.set(server, step.flag);
    },
    async detachVolume(step) {
      const volume = at(volumes, step.neighbour);
      const [server = at(servers, step.server)] = volume.attachments.keys();
      const path = `/servers/${server}/os-volume_attachments/${volume.id}`;
      if (!(await isAccepted(nova("DELETE", path)))) return;
      volume.attachments.delete(server);
      lastDetached = servers.indexOf(server);
    },
    async extendVolume({ neighbour }) {
      await cinder.act(at(volumes, neighbour).id, { "os-extend": { new_size: 2 } });
    },
    async deleteVolume({ neighbour }) {
      const volume = at(volumes, neighbour);
      if ((await cinder.remove(`/volumes/${volume.id}`)) === null) volume.exists = false;
    },
    async attachPort(step) {
      const [server, port] = [at(servers, step.server), at(ports, step.neighbour)];
      const body = { interfaceAttachment: { port_id: port.id } };
      if (await isAccepted(nova("POST", `/servers/${server}/os-interface`, body)))
        port.server = server;
    },
    async detachPort(step) {
      const port = at(ports, step.neighbour);
      const server = port.server ?? at(servers, step.server);
      if (await isAccepted(nova("DELETE", `/servers/${server}/os-interface/${port.id}`)))
        [port.server, lastDetached] = [null, servers.indexOf(server)];
    },
    async attachNewPort(step) {
      const server = at(servers, step.server);
      const { status, json } = await nova("POST", `/servers/${server}/os-interface`, {
        interfaceAttachment: { net_id: network.id },
      });
      if (status !== 200) return;
      const { port_id: id } = json.interfaceAttachment;
      ports.push({ id, exists: true, server, isMadeForServer: true });
    },
    async deletePort({ neighbour }) {
      const port = at(ports, neighbour);
      const deleting = cloud.call("DELETE", `${neutronPath}/ports/${port.id}`);
      if (await isAccepted(deleting)) forgetPort(port);
    },
    async associate(step) {
      const floatingIp = at(floatingIps, step.neighbour);
      const port_id = step.flag ? at(ports, step.port).id : null;
      const path = `${neutronPath}/floatingips/${floatingIp.id}`;
      const body = { floatingip: { port_id } };
      if (await isAccepted(cloud.call("PUT", path, { body }))) floatingIp.port = port_id;
    },
    async deleteServer({ server }) {
      await deleteServer(lastDetached ?? server);
      lastDetached = null;
    },
  };

  /** Compares the API's view of a cloud at rest with the model. */
  async function compare(): Promise<void> {
    cloud.pass(5_000);
    const shownVolumes = (await cinder.ask("GET", "/volumes/detail")).json.volumes;
    const volumeView = (id: string, serverIds: readonly string[]) =>
      `${id} ${serverIds.length > 0 ? "in-use" : "available"} ${[...serverIds].sort()}`;
    const ours = (id: string) => volumes.some((volume) => volume.id === id);
    expect(
      shownVolumes
        .filter(({ id }: { id: string }) => ours(id))
        .map(
          ({ id, status, attachments }: ShownVolume) =>
            `${id} ${status} ${attachments.map(({ server_id }) => server_id).sort()}`,
        )
        .sort(),
    ).toEqual(
      volumes
        .filter(({ exists }) => exists)
        .map(({ id, attachments }) => volumeView(id, [...attachments.keys()]))
        .sort(),
    );
    const shownPorts: ShownPort[] = (await neutron.list("ports")).filter(
      ({ network_id }: ShownPort) => network_id === network.id,
    );
    expect(shownPorts.map(({ id, device_id }) => `${id} ${device_id}`).sort()).toEqual(
      ports
        .filter(({ exists }) => exists)
        .map(({ id, server }) => `${id} ${server ?? ""}`)
        .sort(),
    );
    const holders = (await records.all(ipAllocationsOf(subnet.id))).map(
      ({ address, holder }) => `${address} ${holder}`,
    );
    expect(holders.sort()).toEqual(
      shownPorts
        .flatMap(({ id, fixed_ips }) => fixed_ips.map(({ ip_address }) => `${ip_address} ${id}`))
        .sort(),
    );
    for (const { id, port } of floatingIps)
      expect((await cloud.call("GET", `${neutronPath}/floatingips/${id}`)).json).toMatchObject({
        floatingip: { port_id: port },
      });
    const { members } = (await nova("GET", `/os-server-groups/${group}`)).json.server_group;
    expect([...members].sort()).toEqual([...servers].sort());
    expect((await nova("GET", `/os-keypairs/${keyName}`)).status).toBe(200);
  }

  return {
    async run(step: RelationStep): Promise<void> {
      await handlers[step.kind](step);
      cloud.pass(step.delayMs);
    },
    compare,
  };
}

interface ShownVolume {
  readonly id: string;
  readonly status: string;
  readonly attachments: readonly { readonly server_id: string }[];
}

interface ShownPort {
  readonly id: string;
  readonly network_id: string;
  readonly device_id: string;
  readonly fixed_ips: readonly { readonly ip_address: string }[];
}
