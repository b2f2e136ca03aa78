import { Fault } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import type { NetworkInfo } from "../../../network/model/network-info.ts";
import type { SecurityGroup } from "../../../network/model/security-group.ts";
import type { Backend } from "../../../ports/backend.ts";
import type { Records } from "../../../ports/records.ts";
import { saga } from "../../../ports/saga.ts";
import {
  faultHints,
  injectedFaultText,
  requestedFailure,
  toServerFault,
  withDelay,
} from "../../model/fault-injection.ts";
import type { RequestSpec } from "../../model/host-filters.ts";
import { beginCreate, type Motion } from "../../model/lifecycle.ts";
import type { Metadata, ServerFault } from "../../model/server.ts";
import { getHostZone } from "../../repositories/host-states.ts";
import { selectDestinations } from "../../scheduling/select-destinations.ts";
import { type AllocatedPorts, allocateAll, deallocateAll } from "./allocate-ports.ts";
import { type AttachedDevices, attachAll, detachBlockDevices } from "./attach-block-devices.ts";
import type { NetworkRequest } from "./requested-networks.ts";
import type { RequestedVolume } from "./requested-volumes.ts";

export interface BuildOutcome {
  readonly motion: Motion;
  /** null for a server that becomes ACTIVE. */
  readonly fault: ServerFault | null;
  /** "" for none. */
  readonly host: string;
  readonly zone: string;
  readonly networkInfo: NetworkInfo;
  readonly volumes: AttachedDevices["volumes"];
}

export interface BuildResult {
  readonly outcomes: readonly BuildOutcome[];
  readonly allocatedPorts: readonly AllocatedPorts[];
  readonly attachedDevices: readonly AttachedDevices[];
}

interface BuildRequest {
  readonly project: string;
  readonly networkRequests: readonly NetworkRequest[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly requestSpec: RequestSpec;
  readonly metadata: Metadata;
  readonly requestedVolumes: readonly RequestedVolume[];
  readonly user: string;
  readonly requestId: string;
  readonly now: Instant;
}

/**
 * Nova fails after its 202: a lack of hosts, addresses or volume quota puts all servers in ERROR
 * (E-18).
 */
export async function buildServers(
  backend: Backend,
  ids: readonly string[],
  {
    project,
    networkRequests,
    securityGroups,
    requestSpec,
    metadata,
    requestedVolumes,
    user,
    requestId,
    now,
  }: BuildRequest,
): Promise<BuildResult> {
  const hints = faultHints({ metadata, flavor: requestSpec.flavor });
  const failedOutcome =
    (failure: "createUnplaced" | "createFailed", faultFields: Partial<ServerFault>) =>
    (id: string): BuildOutcome => {
      const motion = withDelay(beginCreate(failure, now), hints);
      const fault = { ...toServerFault(failure, { id, created: motion.due }), ...faultFields };
      return { ...unplaced, motion, fault };
    };
  const allFailed = (outcome: (id: string) => BuildOutcome): BuildResult => ({
    ...{ outcomes: ids.map(outcome), allocatedPorts: [], attachedDevices: [] },
  });

  const failure = requestedFailure("create", hints);
  if (failure === "createUnplaced" || failure === "createFailed")
    return allFailed(failedOutcome(failure, { details: injectedFaultText }));
  const { records } = backend;
  try {
    return await saga(async (step) => {
      const selection = await step("select destinations", () =>
        selectDestinations(backend, requestSpec, ids, now),
      );
      if ("none" in selection)
        return allFailed(
          failedOutcome("createUnplaced", { details: `${selection.none} left no host.` }),
        );
      const { hosts } = selection;
      const placed = ids.map((server, i) => ({ server, project, host: hosts[i] ?? "", now }));
      const motion = withDelay(beginCreate("create", now), hints);
      const { flavor } = requestSpec;
      const zones = await Promise.all(hosts.map((host) => getHostZone(records, host, now)));
      const allocatedPorts = await step(
        "allocate ports",
        () =>
          allocateAll(
            records,
            networkRequests,
            placed.map((one) => ({ ...one, groups: securityGroups })),
          ),
        (all) => deallocateAll(records, all),
      );
      const attachedDevices = await step("attach block devices", () =>
        attachAll(
          records,
          requestedVolumes,
          placed.map((one) => ({ ...one, user, flavor, requestId, due: motion.due })),
        ),
      );
      const outcomes = allocatedPorts.map(({ networkInfo }, i): BuildOutcome => {
        const host = hosts[i] ?? "";
        const zone = zones[i] ?? "";
        const { volumes } = attachedDevices[i] ?? { volumes: [] };
        return { motion, fault: null, host, zone, networkInfo, volumes };
      });
      return { outcomes, allocatedPorts, attachedDevices };
    });
  } catch (cause) {
    const failureText = networkFailureText(cause, networkRequests) ?? volumeFailureText(cause);
    if (failureText === null) throw cause;
    return allFailed((id) =>
      failedOutcome("createFailed", { message: `Build of instance ${id} aborted: ${failureText}` })(
        id,
      ),
    );
  }
}

/** Undoes `buildServers`. */
export async function undoBuild(
  records: Records,
  { allocatedPorts, attachedDevices }: BuildResult,
  now: Instant,
): Promise<void> {
  await deallocateAll(records, allocatedPorts);
  await Promise.all(attachedDevices.map((one) => detachBlockDevices(records, one, now)));
}

const unplaced = {
  host: "",
  zone: "",
  networkInfo: { addresses: [], securityGroups: [] },
  volumes: [],
};

/** Cinder's quota excess, or null (nova/compute/manager.py, _prep_block_device). */
const volumeFailureText = (cause: unknown): string | null =>
  cause instanceof Fault && cause.refusal.kind === "denied" && cause.refusal.type === "overLimit"
    ? cause.refusal.reason
    : null;

/** Neutron's refusal in Nova's words (nova/network/neutron.py:534, :554), or null. */
function networkFailureText(
  cause: unknown,
  networkRequests: readonly NetworkRequest[],
): string | null {
  if (!(cause instanceof Fault) || !("type" in cause.refusal)) return null;
  const { type, reason } = cause.refusal;
  const refused = networkRequests.find(
    ({ fixedIp }) => fixedIp !== null && reason.includes(fixedIp),
  );
  if (type === "InvalidIpForNetwork" && refused)
    return `Invalid input received: Fixed IP ${refused.fixedIp} is not a valid ip address for network ${refused.network.id}.`;
  if (type !== "IpAddressGenerationFailure") return null;
  const network = networkRequests.find(({ network: { id } }) => reason.includes(id))?.network.id;
  return `Failed to allocate the network(s) with error No fixed IP addresses available for network: ${network}, not rescheduling.`;
}
