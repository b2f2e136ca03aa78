import { malformed } from "../../domain/fault.ts";
import { type FixedIp, giveBack, takeAddresses } from "../../domain/network/addresses.ts";
import { type FloatingIp, floatingIpsIn } from "../../domain/network/floating-ips.ts";
import { networkWith } from "../../domain/network/networks.ts";
import type { Port } from "../../domain/network/ports.ts";
import { rewire } from "../../domain/network/wiring.ts";
import { operation } from "../../http/operation.ts";
import { anything, newly, reachOf, saidToCreate } from "../kind.ts";
import { shown } from "../listed.ts";
import { floatingIpKind } from "./floating-ip.ts";
import { targetOf } from "./target.ts";

export const createFloatingIp = operation({
  id: "networks/floating-ips/create-floating-ip",
  service: "network",
  route: "POST /v2.0/floatingips",
  access: { rule: "create_floatingip", role: "member" },
  calls: ["GetItem", "Query", "PutItem", "DeleteItem", "UpdateItem"],
  answer: "created",
  body: anything,
  async run(call, world) {
    const { records } = world.backend();
    const { project_id, floating_ip_address, subnet_id, ...said } = saidToCreate(
      floatingIpKind,
      call,
    );
    const network = await networkWith(records, said.floating_network_id, reachOf(call));
    if (!network["router:external"])
      throw malformed(
        `Bad floatingip request: Network ${network.id} is not a valid external network.`,
        "BadRequest",
      );
    const begun = newly(project_id, call.now);
    const wanted = {
      ...(subnet_id !== null && { subnet_id }),
      ...(floating_ip_address !== null && { ip_address: floating_ip_address }),
    };
    const asked = subnet_id === null && floating_ip_address === null ? null : [wanted];
    const taken = await takeAddresses(records, network, asked, begun.id);
    const outer = taken.find(({ ip_address }) => !ip_address.includes(":"));
    let kept: { floating: FloatingIp; port: Port | null; spare: readonly FixedIp[] };
    try {
      if (!outer)
        throw malformed(
          `Bad floatingip request: Network ${network.id} does not contain any IPv4 subnet.`,
          "BadRequest",
        );
      const plain = {
        ...begun,
        ...said,
        floating_ip_address: outer.ip_address,
        subnet_id: outer.subnet_id,
        router_id: null,
      };
      const { port, fixed } = await targetOf(records, plain, said);
      const floating: FloatingIp = { ...plain, fixed_ip_address: fixed };
      await floatingIpsIn(records).add(floating);
      kept = { floating, port, spare: taken.filter((one) => one !== outer) };
    } catch (cause) {
      // an answer that was lost may have been a yes: an address is never given back twice over
      await floatingIpsIn(records).remove(begun);
      await giveBack(records, taken);
      throw cause;
    }
    await giveBack(records, kept.spare);
    await rewire(world.backend(), kept.port);
    return shown(floatingIpKind, kept.floating);
  },
});
