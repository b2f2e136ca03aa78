import { noSuch } from "../../domain/fault.ts";
import {
  apart,
  type FloatingIp,
  floatingIpsIn,
  floatingIpWith,
} from "../../domain/network/floating-ips.ts";
import { portsIn } from "../../domain/network/ports.ts";
import { rewire } from "../../domain/network/wiring.ts";
import { operation } from "../../http/operation.ts";
import { anything, changed, reachOf, saidToUpdate } from "../kind.ts";
import { shown } from "../listed.ts";
import { floatingIpKind } from "./floating-ip.ts";
import { targetOf } from "./target.ts";

export const updateFloatingIp = operation({
  id: "networks/floating-ips/update-floating-ip",
  service: "network",
  route: "PUT /v2.0/floatingips/{floatingip_id}",
  access: { rule: "update_floatingip", role: "member" },
  calls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "document",
  body: anything,
  async run(call, world) {
    const { records } = world.backend();
    const { port_id, fixed_ip_address = null, description } = saidToUpdate(floatingIpKind, call);
    const floating = await floatingIpWith(records, reachOf(call), call.path.floatingip_id);
    const leads = port_id === undefined ? undefined : { port_id, fixed_ip_address };
    const { port, fixed } = leads
      ? await targetOf(records, floating, leads)
      : { port: null, fixed: null };
    // where it led when it was changed, which need not be where it led when it was looked up
    let before: string | null = null;
    const to = (was: FloatingIp): FloatingIp => {
      before = was.port_id;
      return {
        ...(leads && !port ? apart(was, call.now) : changed<FloatingIp>(was, {}, call.now)),
        ...(port && { port_id: port.id, fixed_ip_address: fixed }),
        ...(description !== undefined && { description }),
      };
    };
    const now = await floatingIpsIn(records).change(floating, to);
    if (!now) throw noSuch("floatingip", floating.id);
    if (leads && before !== null && before !== port?.id) {
      const reach = { project: floating.project_id, everywhere: false };
      await rewire(world.backend(), await portsIn(records).withId(reach, before));
    }
    await rewire(world.backend(), port);
    return shown(floatingIpKind, now);
  },
});
