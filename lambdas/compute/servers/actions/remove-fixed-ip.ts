import { operation } from "../../../http/operation.ts";
import { releaseIps } from "../../../network/repositories/ip-allocation.ts";
import { refreshNetworkInfo } from "../../../network/repositories/network-info.ts";
import { changePortOfDevice, portsOfDevice } from "../../../network/repositories/ports.ts";
import { assertUnlocked, getServer } from "../find-server.ts";
import { ipAddress } from "../schema-fields.ts";

/** Ignores an unknown address. */
export const removeFixedIp = operation({
  id: "compute/remove-fixed-ip",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "removeFixedIp",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-multinic:remove", role: "member" },
  versions: { until: 43 },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "accepted",
  body: {
    type: "object",
    properties: {
      removeFixedIp: {
        type: "object",
        properties: { address: ipAddress },
        required: ["address"],
        additionalProperties: false,
      },
    },
    required: ["removeFixedIp"],
    additionalProperties: false,
  },
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const server = await getServer(call, servers);
    assertUnlocked(server, call.caller);
    const { address } = call.body.removeFixedIp;
    const ports = await portsOfDevice(records, server.project, server.id);
    const isRemoved = ({ ip_address }: { ip_address: string }) => ip_address === address;
    const port = ports.find(({ fixed_ips }) => fixed_ips.some(isRemoved));
    if (!port) return undefined;
    // only one concurrent removal releases the address
    let hadAddress = false;
    const updated = await changePortOfDevice(records, port, server.id, (was) => {
      hadAddress = was.fixed_ips.some(isRemoved);
      return {
        ...was,
        fixed_ips: was.fixed_ips.filter((one) => !isRemoved(one)),
        updated: call.now,
        revision: was.revision + 1,
      };
    });
    if (updated && hadAddress) await releaseIps(records, port.fixed_ips.filter(isRemoved), port.id);
    await refreshNetworkInfo(environment.backend(), port);
    return undefined;
  },
});
