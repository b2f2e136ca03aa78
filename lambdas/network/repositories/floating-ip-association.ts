import { malformed } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Backend } from "../../ports/backend.ts";
import { apart, type FloatingIp } from "../model/floating-ip.ts";
import type { Network } from "../model/network.ts";
import type { Port } from "../model/port.ts";
import { targetOf } from "./floating-ip-target.ts";
import { floatingIpsIn } from "./floating-ips.ts";
import { giveBack, takeAddresses, type Wanted } from "./ip-allocation.ts";
import { rewire } from "./network-info.ts";
import { portsIn } from "./ports.ts";

export interface Leads {
  readonly port_id: string | null;
  readonly fixed_ip_address: string | null;
}

/**
 * Takes an address of an external network for a floating IP, which leads where it is said to.
 * (GetItem, Query, PutItem, DeleteItem, UpdateItem)
 */
export async function allocate(
  backend: Backend,
  network: Network,
  says: Omit<FloatingIp, "floating_ip_address" | "subnet_id" | "router_id">,
  wanted: Wanted | null = null,
): Promise<FloatingIp> {
  const { records } = backend;
  const taken = await takeAddresses(records, network, wanted && [wanted], says.id);
  const outer = taken.find(({ ip_address }) => !ip_address.includes(":"));
  let floating: FloatingIp;
  let to: Port | null;
  try {
    if (!outer)
      throw malformed(
        `Bad floatingip request: Network ${network.id} does not contain any IPv4 subnet.`,
        "BadRequest",
      );
    const plain: FloatingIp = {
      ...says,
      floating_ip_address: outer.ip_address,
      subnet_id: outer.subnet_id,
      router_id: null,
    };
    const { port, fixed } = await targetOf(records, plain, says);
    floating = { ...plain, fixed_ip_address: fixed };
    to = port;
    await floatingIpsIn(records).add(floating);
  } catch (cause) {
    // an answer that was lost may have been a yes: an address is never given back twice over
    await floatingIpsIn(records).remove(says);
    await giveBack(records, taken);
    throw cause;
  }
  await giveBack(
    records,
    taken.filter((one) => one !== outer),
  );
  await rewire(backend, to);
  return floating;
}

/**
 * Makes one lead elsewhere or nowhere, where it is said, and changes what else is said of it; null where
 * it is gone meanwhile. (GetItem, Query, PutItem, UpdateItem)
 */
export async function redirect(
  backend: Backend,
  floating: FloatingIp,
  leads: Leads | undefined,
  over: Partial<Pick<FloatingIp, "description">>,
  now: Instant,
): Promise<FloatingIp | null> {
  const { records } = backend;
  const { port, fixed } = leads
    ? await targetOf(records, floating, leads)
    : { port: null, fixed: null };
  // where it led when it was changed, which need not be where it led when it was looked up
  let before: string | null = null;
  const to = (was: FloatingIp): FloatingIp => {
    before = was.port_id;
    return {
      ...(leads && !port ? apart(was, now) : { ...was, updated: now, revision: was.revision + 1 }),
      ...(port && { port_id: port.id, fixed_ip_address: fixed }),
      ...over,
    };
  };
  const changed = await floatingIpsIn(records).change(floating, to);
  if (!changed) return null;
  if (leads && before !== null && before !== port?.id) {
    const reach = { project: floating.project_id, everywhere: false };
    await rewire(backend, await portsIn(records).withId(reach, before));
  }
  await rewire(backend, port);
  return changed;
}

/** Gives its address back. (DeleteItem, GetItem, Query, UpdateItem) */
export async function release(backend: Backend, floating: FloatingIp): Promise<void> {
  const { records } = backend;
  const was = await floatingIpsIn(records).remove(floating);
  if (!was) return;
  await giveBack(records, [{ subnet_id: was.subnet_id, ip_address: was.floating_ip_address }]);
  if (was.port_id === null) return;
  const reach = { project: was.project_id, everywhere: false };
  await rewire(backend, await portsIn(records).withId(reach, was.port_id));
}
