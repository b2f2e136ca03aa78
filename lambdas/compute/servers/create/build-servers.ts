import { Fault } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import type { Wiring } from "../../../network/model/network-info.ts";
import type { SecurityGroup } from "../../../network/model/security-group.ts";
import type { Backend } from "../../../ports/backend.ts";
import { failureOf, faultOf, onPurpose, signsOf, slowed } from "../../model/fault-injection.ts";
import type { Wish } from "../../model/host-filters.ts";
import { beginCreate, type Motion } from "../../model/lifecycle.ts";
import type { Metadata, ServerFault } from "../../model/server.ts";
import { zoneAt } from "../../repositories/host-states.ts";
import { scheduleNew } from "../../scheduling/select-destinations.ts";
import { type Plugged, plugAll, unplug } from "./allocate-ports.ts";
import { type Furnished, furnishAll } from "./attach-block-devices.ts";
import type { Nic } from "./requested-networks.ts";
import type { Part } from "./requested-volumes.ts";

/** What becomes of a server that is created. */
export interface Fate {
  readonly motion: Motion;
  /** null where it comes up. */
  readonly fault: ServerFault | null;
  /** "" for none. */
  readonly host: string;
  readonly zone: string;
  readonly wiring: Wiring;
  readonly volumes: Furnished["volumes"];
}

export interface Booted {
  readonly fates: readonly Fate[];
  readonly plugged: readonly Plugged[];
  readonly furnished: readonly Furnished[];
}

interface Boot {
  readonly project: string;
  readonly nics: readonly Nic[];
  readonly groups: readonly SecurityGroup[];
  readonly wish: Wish;
  readonly metadata: Metadata;
  readonly parts: readonly Part[];
  readonly user: string;
  readonly requestId: string;
  readonly now: Instant;
}

/**
 * Finds servers a host and puts them on networks. What cannot be had is nobody's mistake that Nova knows
 * of when it accepts them: they end in ERROR then, all that were created together (E-18).
 */
export async function boot(
  backend: Backend,
  ids: readonly string[],
  { project, nics, groups, wish, metadata, parts, user, requestId, now }: Boot,
): Promise<Booted> {
  const signs = signsOf({ metadata, flavor: wish.flavor });
  const failing =
    (failure: "createUnplaced" | "createFailed", said: Partial<ServerFault>) =>
    (id: string): Fate => {
      const motion = slowed(beginCreate(failure, now), signs);
      const fault = { ...faultOf(failure, { id, created: motion.due }), ...said };
      return { ...nowhere, motion, fault };
    };
  const failed = (fate: (id: string) => Fate): Booted => ({
    ...{ fates: ids.map(fate), plugged: [], furnished: [] },
  });

  const failure = failureOf("create", signs);
  if (failure === "createUnplaced" || failure === "createFailed")
    return failed(failing(failure, { details: onPurpose }));
  const placing = await scheduleNew(backend, wish, ids, now);
  if ("none" in placing)
    return failed(failing("createUnplaced", { details: `${placing.none} left no host.` }));
  const { hosts } = placing;
  const each = ids.map((server, i) => ({ server, project, host: hosts[i] ?? "", groups, now }));
  const motion = slowed(beginCreate("create", now), signs);
  const of = { project, user, flavor: wish.flavor, requestId, now, due: motion.due };
  const furnishing = each.map(({ server, host }) => ({ ...of, server, host }));
  const zones = await Promise.all(hosts.map((host) => zoneAt(backend.records, host, now)));
  let plugged: readonly Plugged[] = [];
  try {
    plugged = await plugAll(backend.records, nics, each);
    const furnished = await furnishAll(backend.records, parts, furnishing);
    const fates = plugged.map(({ wiring }, i): Fate => {
      const host = hosts[i] ?? "";
      const zone = zones[i] ?? "";
      const { volumes } = furnished[i] ?? { volumes: [] };
      return { motion, fault: null, host, zone, wiring, volumes };
    });
    return { fates, plugged, furnished };
  } catch (cause) {
    await Promise.all(plugged.map((one) => unplug(backend.records, one)));
    const why = unplugged(cause, nics) ?? unfurnished(cause);
    if (why === null) throw cause;
    return failed((id) =>
      failing("createFailed", { message: `Build of instance ${id} aborted: ${why}` })(id),
    );
  }
}

const nowhere = {
  host: "",
  zone: "",
  wiring: { addresses: [], securityGroups: [] },
  volumes: [],
};

/** What there is no room for in Cinder's quota (nova/compute/manager.py _prep_block_device). */
const unfurnished = (cause: unknown): string | null =>
  cause instanceof Fault && cause.refusal.kind === "denied" && cause.refusal.type === "overLimit"
    ? cause.refusal.reason
    : null;

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
