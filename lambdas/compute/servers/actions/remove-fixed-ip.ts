import { operation } from "../../../http/operation.ts";
import { giveBack } from "../../../network/repositories/ip-allocation.ts";
import { rewire } from "../../../network/repositories/network-info.ts";
import { portsIn, portsOn } from "../../../network/repositories/ports.ts";
import { refuseLocked, serverOf } from "../find-server.ts";
import { ipAddress } from "../schema-fields.ts";

/** As addFixedIp: an address it does not have is nobody's to hear of. */
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
  async run(call, world) {
    const { servers, records } = world.backend();
    const server = await serverOf(call, servers);
    refuseLocked(server, call.caller);
    const { address } = call.body.removeFixedIp;
    const ports = await portsOn(records, server.project, server.id);
    const has = ({ ip_address }: { ip_address: string }) => ip_address === address;
    const port = ports.find(({ fixed_ips }) => fixed_ips.some(has));
    if (!port) return undefined;
    // of several who take it away, one gives it back
    let mine = false;
    const kept = await portsIn(records).change(port, (was) => {
      mine = was.fixed_ips.some(has);
      return {
        ...was,
        fixed_ips: was.fixed_ips.filter((one) => !has(one)),
        updated: call.now,
        revision: was.revision + 1,
      };
    });
    if (kept && mine) await giveBack(records, port.fixed_ips.filter(has));
    await rewire(world.backend(), port);
    return undefined;
  },
});
