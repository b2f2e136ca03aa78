import { randomUUID } from "node:crypto";
import { Fault, noSuch } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { addressesOn, groupNames, type Wiring } from "../../../network/model/network-info.ts";
import { macOf, type Port, plainPort, unbound } from "../../../network/model/port.ts";
import type { SecurityGroup } from "../../../network/model/security-group.ts";
import { loosen } from "../../../network/repositories/floating-ips.ts";
import { giveBack, takeAddresses } from "../../../network/repositories/ip-allocation.ts";
import { dropPort, portsIn, portsOn } from "../../../network/repositories/ports.ts";
import { groupsIn } from "../../../network/repositories/security-groups.ts";
import type { Records } from "../../../ports/records.ts";
import type { Server } from "../../model/server.ts";
import { releaseVolumes } from "../../volume-attachments/release-volumes.ts";
import type { Nic } from "./requested-networks.ts";

/** Whose ports they are to be. */
export interface Plugging {
  readonly server: string;
  readonly project: string;
  readonly host: string;
  readonly groups: readonly SecurityGroup[];
  readonly now: Instant;
}

/** What became of the ports asked for; `made` are yet to be kept. */
export interface Plugged {
  readonly wiring: Wiring;
  readonly made: readonly Port[];
  readonly given: readonly Port[];
}

/** For several servers at once: all are plugged, or none. */
export async function plugAll(
  records: Records,
  nics: readonly Nic[],
  each: readonly Plugging[],
): Promise<Plugged[]> {
  const [first] = each;
  if (first && nics.some(({ port }) => !port)) await portsIn(records).register(first.project);
  const tried = await Promise.allSettled(each.map((plugging) => plug(records, nics, plugging)));
  const plugged = tried.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = tried.find((one) => one.status === "rejected");
  if (!failed) return plugged;
  await Promise.all(plugged.map((one) => unplug(records, one)));
  throw failed.reason;
}

/**
 * Takes addresses for the ports a server is to have, and takes over those it was given; when not all
 * can be had, none is kept.
 */
export async function plug(
  records: Records,
  nics: readonly Nic[],
  plugging: Plugging,
): Promise<Plugged> {
  const made: Port[] = [];
  const given: Port[] = [];
  try {
    for (const nic of nics)
      if (nic.port) given.push(await taken(records, nic.port, plugging));
      else made.push(await fresh(records, nic, plugging));
    const label = ({ network_id }: Port) =>
      nics.find(({ network }) => network.id === network_id)?.network.name ?? "";
    const ports = [...given, ...made];
    const groups =
      given.length === 0
        ? plugging.groups
        : await groupsIn(records).all({ project: plugging.project, everywhere: false });
    return {
      made,
      given,
      wiring: {
        addresses: ports.flatMap((port) => addressesOn(port, label(port), [])),
        securityGroups: groupNames(ports, groups),
      },
    };
  } catch (cause) {
    await unplug(records, { made, given });
    throw cause;
  }
}

/** Undoes it, before the ports made were kept. */
export async function unplug(
  records: Records,
  { made, given }: Pick<Plugged, "made" | "given">,
): Promise<void> {
  await Promise.all([
    ...made.map(async (port) => {
      // one that was kept after all has its addresses until it is gone
      await portsIn(records).remove(port);
      await giveBack(records, port.fixed_ips);
    }),
    ...given.map((port) => portsIn(records).change(port, unbound)),
  ]);
}

/** A server that goes; its addresses are null where they are not known. */
type Leaving = Pick<Server, "project" | "id"> & {
  readonly addresses: Server["addresses"] | null;
  /** Likewise. */
  readonly volumes?: Server["volumes"] | null;
};

/**
 * As a server goes, so do the ports made for it; those it was given are nobody's again, and so are its
 * volumes, but for those that go with it. What leads to the ports from outside is looked for only where
 * the server shows any.
 */
export async function release(
  records: Records,
  { project, id, addresses, volumes = null }: Leaving,
  now: Instant,
): Promise<void> {
  await releaseVolumes(records, { project, id, volumes }, now);
  const ports = await portsOn(records, project, id);
  if (ports.length > 0 && (addresses?.some(({ type }) => type === "floating") ?? true)) {
    const going = ports.filter(({ made }) => made).map((port) => port.id);
    await loosen(records, project, new Set(going), now);
  }
  await Promise.all(
    ports.map((port) =>
      port.made
        ? dropPort(records, port)
        : portsIn(records).change(port, (was) => (was.device_id === id ? unbound(was) : was)),
    ),
  );
}

async function fresh(
  records: Records,
  { network, fixedIp }: Nic,
  { server, project, host, groups, now }: Plugging,
): Promise<Port> {
  const id = randomUUID();
  const wanted = fixedIp === null ? null : [{ ip_address: fixedIp }];
  return {
    ...plainPort,
    id,
    project_id: project,
    network_id: network.id,
    mac_address: macOf(id),
    fixed_ips: await takeAddresses(records, network, wanted, id),
    security_groups: groups.map((group) => group.id),
    device_id: server,
    device_owner: "compute:nova",
    "binding:host_id": host,
    created: now,
    updated: now,
    made: true,
  };
}

/** Only one server gets it. */
async function taken(records: Records, port: Port, { server, host, now }: Plugging): Promise<Port> {
  const own = await portsIn(records).change(port, (was) => {
    if (was.device_id !== "")
      throw new Fault({ kind: "conflict", reason: `Port ${was.id} is still in use.` });
    return {
      ...was,
      device_id: server,
      device_owner: "compute:nova",
      "binding:host_id": host,
      updated: now,
      revision: was.revision + 1,
    };
  });
  if (!own) throw noSuch("port", port.id);
  return own;
}
