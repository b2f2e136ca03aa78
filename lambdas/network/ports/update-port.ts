import { Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import type { Records } from "../../ports/records.ts";
import { saga } from "../../ports/saga.ts";
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
    const update = (was: Port, { kept, allocated }: Reallocation): Port => {
      // the plan holds for these addresses only
      if (fixed_ips && JSON.stringify(was.fixed_ips) !== JSON.stringify(port.fixed_ips))
        throw new Fault({ kind: "raced" });
      return applyUpdate(
        was,
        {
          ...attributes,
          ...(fixed_ips && { fixed_ips: [...kept, ...allocated] }),
          ...(mac_address !== undefined && { mac_address }),
          ...(security_groups && { security_groups }),
        },
        call.now,
      );
    };
    const { updated, kept } = await saga(async (step) => {
      const plan = await step(
        "allocate addresses",
        () =>
          fixed_ips
            ? reallocateFixedIps(records, port, fixed_ips)
            : Promise.resolve({ kept: port.fixed_ips, allocated: [] }),
        ({ allocated }) => releaseIps(records, allocated, port.id),
      );
      const changed = await step("store the port", async () => {
        const stored = await portsIn(records).change(port, (was) => update(was, plan));
        if (!stored) throw notFound("port", port.id);
        return stored;
      });
      return { updated: changed, kept: plan.kept };
    });
    if (updated.device_id !== port.device_id) await refreshNetworkInfo(environment.backend(), port);
    await refreshNetworkInfo(environment.backend(), updated);
    if (fixed_ips)
      await releaseIps(
        records,
        port.fixed_ips.filter((one) => !kept.includes(one)),
        port.id,
      );
    return itemView(portResource, updated);
  },
});

interface Reallocation {
  readonly kept: readonly FixedIp[];
  readonly allocated: readonly FixedIp[];
}

/** Keeps requested addresses that the port has, and allocates the others. */
async function reallocateFixedIps(
  records: Records,
  port: Port,
  requested: readonly FixedIpRequest[],
): Promise<Reallocation> {
  const network = await networksIn(records).findById(port.network_id);
  if (!network) throw notFound("network", port.network_id);
  const kept: FixedIp[] = [];
  const missing: FixedIpRequest[] = [];
  for (const request of requested) {
    const own = port.fixed_ips.find(
      (one) =>
        !kept.includes(one) &&
        (request.ip_address === undefined || request.ip_address === one.ip_address) &&
        (request.subnet_id === undefined || request.subnet_id === one.subnet_id),
    );
    if (own) kept.push(own);
    else missing.push(request);
  }
  return { kept, allocated: await allocateIps(records, network, missing, port.id) };
}
