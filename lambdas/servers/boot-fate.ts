import type { Backend } from "../domain/backend.ts";
import { candidatesIn } from "../domain/candidates.ts";
import { failureOf, faultOf, onPurpose, signsOf, slowed } from "../domain/failing.ts";
import { Fault } from "../domain/fault.ts";
import { beginCreate, type Instant, type Motion } from "../domain/lifecycle.ts";
import type { SecurityGroup } from "../domain/network/security-groups.ts";
import type { Wiring } from "../domain/network/wiring.ts";
import type { Wish } from "../domain/placement.ts";
import type { Metadata, ServerFault } from "../domain/server.ts";
import type { Nic } from "./boot-networks.ts";
import { type Plugged, plugAll } from "./plug.ts";
import { scheduleNew } from "./scheduler.ts";

/** What becomes of a server that is created. */
export interface Fate {
  readonly motion: Motion;
  /** null where it comes up. */
  readonly fault: ServerFault | null;
  /** "" for none. */
  readonly host: string;
  readonly zone: string;
  readonly wiring: Wiring;
}

export interface Booted {
  readonly fates: readonly Fate[];
  readonly plugged: readonly Plugged[];
}

interface Boot {
  readonly project: string;
  readonly nics: readonly Nic[];
  readonly groups: readonly SecurityGroup[];
  readonly wish: Wish;
  readonly metadata: Metadata;
  readonly now: Instant;
}

/**
 * Finds servers a host and puts them on networks. What cannot be had is nobody's mistake that Nova knows
 * of when it accepts them: they end in ERROR then, all that were created together (E-18).
 */
export async function boot(
  backend: Backend,
  ids: readonly string[],
  { project, nics, groups, wish, metadata, now }: Boot,
): Promise<Booted> {
  const signs = signsOf({ metadata, flavor: wish.flavor });
  const failing =
    (failure: "createUnplaced" | "createFailed", said: Partial<ServerFault>) =>
    (id: string): Fate => {
      const motion = slowed(beginCreate(failure, now), signs);
      const fault = { ...faultOf(failure, { id, created: motion.due }), ...said };
      return { ...nowhere, motion, fault };
    };
  const failed = (fate: (id: string) => Fate): Booted => ({ fates: ids.map(fate), plugged: [] });

  const failure = failureOf("create", signs);
  if (failure === "createUnplaced" || failure === "createFailed")
    return failed(failing(failure, { details: onPurpose }));
  const placing = await scheduleNew(backend, wish, ids, now);
  if ("none" in placing)
    return failed(failing("createUnplaced", { details: `${placing.none} left no host.` }));
  const { hosts } = placing;
  const each = ids.map((server, i) => ({ server, project, host: hosts[i] ?? "", groups, now }));
  try {
    const plugged = await plugAll(backend.records, nics, each);
    const candidates = await candidatesIn(backend.records, now);
    const motion = slowed(beginCreate("create", now), signs);
    const fates = plugged.map(({ wiring }, i): Fate => {
      const host = hosts[i] ?? "";
      const zone = candidates.find(({ name }) => name === host)?.zone ?? "";
      return { motion, fault: null, host, zone, wiring };
    });
    return { fates, plugged };
  } catch (cause) {
    const why = unplugged(cause, nics);
    if (why === null) throw cause;
    return failed((id) =>
      failing("createFailed", { message: `Build of instance ${id} aborted: ${why}` })(id),
    );
  }
}

const nowhere = { host: "", zone: "", wiring: { addresses: [], securityGroups: [] } };

/** What Neutron refuses a server that has been scheduled (nova/network/neutron.py:534, 554), in Nova's words. */
function unplugged(cause: unknown, nics: readonly Nic[]): string | null {
  if (!(cause instanceof Fault) || !("type" in cause.refusal)) return null;
  const { type, reason } = cause.refusal;
  const asked = nics.find(({ fixedIp }) => fixedIp !== null && reason.includes(fixedIp));
  if (type === "InvalidIpForNetwork" && asked)
    return `Invalid input received: Fixed IP ${asked.fixedIp} is not a valid ip address for network ${asked.network.id}.`;
  if (type !== "IpAddressGenerationFailure") return null;
  const network = nics.find(({ network: { id } }) => reason.includes(id))?.network.id;
  return `Failed to allocate the network(s) with error No fixed IP addresses available for network: ${network}, not rescheduling.`;
}
