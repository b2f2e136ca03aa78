import { Fault } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { operation } from "../../../http/operation.ts";
import type { FixedIp, Port } from "../../../network/model/port.ts";
import { allocateIps, releaseIps } from "../../../network/repositories/ip-allocation.ts";
import { refreshNetworkInfo } from "../../../network/repositories/network-info.ts";
import { networksIn } from "../../../network/repositories/networks.ts";
import { changePortOfDevice, portsOfDevice } from "../../../network/repositories/ports.ts";
import type { Records } from "../../../ports/records.ts";
import { assertUnlocked, getServer } from "../find-server.ts";

/**
 * Answers 202 even without a free address: the compute host fails later (nova/compute/api.py:4814).
 */
export const addFixedIp = operation({
  id: "compute/add-fixed-ip",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "addFixedIp",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-multinic:add", role: "member" },
  versions: { until: 43 },
  // without remove-fixed-ip's DeleteItem, for a concurrently deleted port
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "accepted",
  body: {
    type: "object",
    properties: {
      addFixedIp: {
        type: "object",
        properties: { networkId: { type: ["string", "number"], minLength: 1, maxLength: 36 } },
        required: ["networkId"],
        additionalProperties: false,
      },
    },
    required: ["addFixedIp"],
    additionalProperties: false,
  },
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const server = await getServer(call, servers);
    assertUnlocked(server, call.caller);
    const network = String(call.body.addFixedIp.networkId).toLowerCase();
    const ports = await portsOfDevice(records, server.project, server.id);
    const port = ports.find(({ network_id }) => network_id === network);
    if (port && (await addIpToPort(records, port, call.now)))
      await refreshNetworkInfo(environment.backend(), port);
    return undefined;
  },
});

/** Uses the first subnet with a free address (nova/network/neutron.py:2120). */
async function addIpToPort(records: Records, port: Port, now: Instant): Promise<Port | null> {
  const network = await networksIn(records).findById(port.network_id);
  if (!network) return null;
  for (const { id } of network.subnets) {
    const allocated = await allocateOrNull(() =>
      allocateIps(records, network, [{ subnet_id: id }], port.id),
    );
    if (!allocated) continue;
    const updated = await changePortOfDevice(records, port, port.device_id, (was) => ({
      ...was,
      fixed_ips: [...was.fixed_ips, ...allocated],
      updated: now,
      revision: was.revision + 1,
    }));
    if (!updated) await releaseIps(records, allocated, port.id);
    return updated;
  }
  return null;
}

/** null if the subnet is full. */
async function allocateOrNull(allocate: () => Promise<FixedIp[]>): Promise<FixedIp[] | null> {
  try {
    return await allocate();
  } catch (cause) {
    if (cause instanceof Fault && cause.refusal.kind === "conflict") return null;
    throw cause;
  }
}
