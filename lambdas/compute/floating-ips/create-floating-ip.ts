import { randomUUID } from "node:crypto";
import { Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { allocateFloatingIp } from "../../network/repositories/floating-ip-association.ts";
import { networksIn } from "../../network/repositories/networks.ts";
import { floatingIpViews } from "./floating-ip.ts";

/** DevStack's default_floating_pool. */
const defaultPool = "public";

export const createFloatingIp = operation({
  id: "compute/create-floating-ip",
  service: "compute",
  route: "POST /os-floating-ips",
  access: { rule: "os_compute_api:os-floating-ips:create", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "ok",
  body: {
    type: ["object", "null"],
    properties: { pool: { type: ["string", "null"] } },
  },
  async run({ project, body, now }, environment) {
    const { records } = environment.backend();
    const requestedPool = body?.pool || null;
    const pool = requestedPool ?? defaultPool;
    const [network, ...more] = (await networksIn(records).all()).filter(
      (one) => one["router:external"] && (one.id === pool || one.name === pool),
    );
    if (!network) throw notFound("network", pool, "Floating IP pool not found.");
    if (more.length > 0)
      throw new Fault({
        kind: "conflict",
        reason: `Multiple floating IP pools matches found for name '${pool}'`,
      });
    try {
      const floating = await allocateFloatingIp(environment.backend(), network, {
        ...{ id: randomUUID(), project_id: project, tags: [], created: now, updated: now },
        ...{ revision: 1, description: "", dns_name: "", dns_domain: "" },
        ...{ floating_network_id: network.id, port_id: null, fixed_ip_address: null },
      });
      const [floating_ip] = await floatingIpViews(records, project, [floating]);
      return { floating_ip };
    } catch (cause) {
      if (!(cause instanceof Fault) || cause.refusal.kind !== "conflict") throw cause;
      const whereText = requestedPool === null ? "available" : `in pool ${requestedPool}`;
      throw notFound("floatingip", network.id, `No more floating IPs ${whereText}.`);
    }
  },
});
