import { Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import type { Records } from "../../ports/records.ts";
import { itemView } from "../list-engine.ts";
import type { FixedIp, Port } from "../model/port.ts";
import { allocateIps, type FixedIpRequest, releaseIps } from "../repositories/ip-allocation.ts";
import { refreshNetworkInfo } from "../repositories/network-info.ts";
import { networksIn } from "../repositories/networks.ts";
import { getPort, portsIn } from "../repositories/ports.ts";
import { anyObject, applyUpdate, parseUpdate, projectScope } from "../resource.ts";
import { assertGroupsExist } from "./assert-groups-exist.ts";
import { portResource } from "./port-resource.ts";

export const updatePort = operation({
  id: "network/update-port",
  service: "network",
  route: "PUT /v2.0/ports/{port_id}",
  access: { rule: "update_port", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "ok",
  body: anyObject,
  async run(call, environment) {
    const { records } = environment.backend();
    const { fixed_ips, mac_address, security_groups, ...attributes } = parseUpdate(
      portResource,
      call,
    );
    const port = await getPort(records, projectScope(call), call.path.port_id);
    if (security_groups) await assertGroupsExist(records, port.project_id, security_groups);
    const { kept, taken } = fixed_ips
      ? await moved(records, port, fixed_ips)
      : { kept: port.fixed_ips, taken: [] };
    const to = (was: Port): Port => {
      // what was planned was planned for these addresses
      if (fixed_ips && JSON.stringify(was.fixed_ips) !== JSON.stringify(port.fixed_ips))
        throw new Fault({ kind: "raced" });
      return applyUpdate(
        was,
        {
          ...attributes,
          ...(fixed_ips && { fixed_ips: [...kept, ...taken] }),
          ...(mac_address !== undefined && { mac_address }),
          ...(security_groups && { security_groups }),
        },
        call.now,
      );
    };
    let now: Port | null;
    try {
      now = await portsIn(records).change(port, to);
      if (!now) throw notFound("port", port.id);
    } catch (cause) {
      await releaseIps(records, taken);
      throw cause;
    }
    if (now.device_id !== port.device_id) await refreshNetworkInfo(environment.backend(), port);
    await refreshNetworkInfo(environment.backend(), now);
    if (fixed_ips)
      await releaseIps(
        records,
        port.fixed_ips.filter((one) => !kept.includes(one)),
      );
    return itemView(portResource, now);
  },
});

/** What of its addresses it keeps as it is asked to have these, and what is new. */
async function moved(records: Records, port: Port, wanted: readonly FixedIpRequest[]) {
  const network = await networksIn(records).findById(port.network_id);
  if (!network) throw notFound("network", port.network_id);
  const kept: FixedIp[] = [];
  const missing: FixedIpRequest[] = [];
  for (const want of wanted) {
    const own = port.fixed_ips.find(
      (one) =>
        !kept.includes(one) &&
        (want.ip_address === undefined || want.ip_address === one.ip_address) &&
        (want.subnet_id === undefined || want.subnet_id === one.subnet_id),
    );
    if (own) kept.push(own);
    else missing.push(want);
  }
  return { kept, taken: await allocateIps(records, network, missing, port.id) };
}
