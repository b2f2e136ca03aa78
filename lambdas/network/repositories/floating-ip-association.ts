import { badRequest, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Backend } from "../../ports/backend.ts";
import type { Records } from "../../ports/records.ts";
import { saga } from "../../ports/saga.ts";
import { disassociate, type FloatingIp } from "../model/floating-ip.ts";
import type { Network } from "../model/network.ts";
import type { Port } from "../model/port.ts";
import { resolveTarget } from "./floating-ip-target.ts";
import { floatingIpsIn } from "./floating-ips.ts";
import { allocateIps, type FixedIpRequest, releaseIps } from "./ip-allocation.ts";
import { refreshNetworkInfo } from "./network-info.ts";
import { portsIn } from "./ports.ts";

export interface Association {
  readonly port_id: string | null;
  readonly fixed_ip_address: string | null;
}

/**
 * Associates it if the attributes name a port. Throws `malformed`, `no-such`,
 * `conflict`, `raced`. @calls GetItem, Query, PutItem, DeleteItem, UpdateItem
 */
export async function allocateFloatingIp(
  backend: Backend,
  network: Network,
  attributes: Omit<FloatingIp, "floating_ip_address" | "subnet_id" | "router_id">,
  request: FixedIpRequest | null = null,
): Promise<FloatingIp> {
  const { records } = backend;
  const { floatingIp, targetPort, unused } = await saga(async (step) => {
    const ips = await step(
      "allocate addresses",
      () => allocateIps(records, network, request && [request], attributes.id),
      async (fixedIps) => {
        // the write may have succeeded although its response was lost
        await floatingIpsIn(records).remove(attributes);
        await releaseIps(records, fixedIps, attributes.id);
      },
    );
    const externalIp = ips.find(({ ip_address }) => !ip_address.includes(":"));
    if (!externalIp)
      throw badRequest(
        `Bad floatingip request: Network ${network.id} does not contain any IPv4 subnet.`,
        "BadRequest",
      );
    const unassociated: FloatingIp = {
      ...attributes,
      floating_ip_address: externalIp.ip_address,
      subnet_id: externalIp.subnet_id,
      router_id: null,
    };
    const { port, fixed } = await resolveTarget(records, unassociated, attributes);
    const created: FloatingIp = { ...unassociated, fixed_ip_address: fixed };
    await step("store the floating IP", () => floatingIpsIn(records).add(created));
    if (port) await assertPortExists(records, created, port, attributes.created);
    return {
      floatingIp: created,
      targetPort: port,
      unused: ips.filter((one) => one !== externalIp),
    };
  });
  await releaseIps(records, unused, attributes.id);
  await refreshNetworkInfo(backend, targetPort);
  return floatingIp;
}

/**
 * Undoes an association whose port was deleted while it was written: the deletion may have looked for
 * floating IPs before. Throws `no-such`.
 * @calls GetItem, PutItem
 */
async function assertPortExists(
  records: Records,
  floatingIp: FloatingIp,
  port: Port,
  now: Instant,
): Promise<void> {
  if (await portsIn(records).findById({ project: port.project_id, allProjects: false }, port.id))
    return;
  await floatingIpsIn(records).change(floatingIp, (was) =>
    was.port_id === port.id ? disassociate(was, now) : was,
  );
  throw notFound("port", port.id);
}

/**
 * Undefined keeps the association. Returns null for a concurrently deleted floating IP.
 * Throws `malformed`, `no-such`, `conflict`. @calls GetItem, Query, PutItem, UpdateItem
 */
export async function reassociateFloatingIp(
  backend: Backend,
  floatingIp: FloatingIp,
  association: Association | undefined,
  changes: Partial<Pick<FloatingIp, "description">>,
  now: Instant,
): Promise<FloatingIp | null> {
  const { records } = backend;
  const { port, fixed } = association
    ? await resolveTarget(records, floatingIp, association)
    : { port: null, fixed: null };
  // read during the change: `floatingIp` may be outdated
  let previousPortId: string | null = null;
  const update = (was: FloatingIp): FloatingIp => {
    previousPortId = was.port_id;
    return {
      ...(association && !port
        ? disassociate(was, now)
        : { ...was, updated: now, revision: was.revision + 1 }),
      ...(port && { port_id: port.id, fixed_ip_address: fixed }),
      ...changes,
    };
  };
  const changed = await floatingIpsIn(records).change(floatingIp, update);
  if (!changed) return null;
  if (port) await assertPortExists(records, changed, port, now);
  if (association && previousPortId !== null && previousPortId !== port?.id) {
    const scope = { project: floatingIp.project_id, allProjects: false };
    await refreshNetworkInfo(backend, await portsIn(records).findById(scope, previousPortId));
  }
  await refreshNetworkInfo(backend, port);
  return changed;
}

/** @calls DeleteItem, GetItem, Query, UpdateItem */
export async function releaseFloatingIp(backend: Backend, floatingIp: FloatingIp): Promise<void> {
  const { records } = backend;
  const was = await floatingIpsIn(records).removeIf(floatingIp, () => true);
  if (!was) return;
  const externalIp = { subnet_id: was.subnet_id, ip_address: was.floating_ip_address };
  await releaseIps(records, [externalIp], was.id);
  if (was.port_id === null) return;
  const scope = { project: was.project_id, allProjects: false };
  await refreshNetworkInfo(backend, await portsIn(records).findById(scope, was.port_id));
}
