import { operation } from "../../http/operation.ts";
import { getServer } from "./find-server.ts";

/** The answer without a NUMA topology (nova/api/openstack/compute/server_topology.py:53). */
export const showServerTopology = operation({
  id: "compute/show-server-topology",
  service: "compute",
  route: "GET /servers/{server_id}/topology",
  versions: { since: 78 },
  access: { rule: "compute:server:topology:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { servers } = environment.backend();
    await getServer(call, servers);
    return { nodes: [], pagesize_kb: null };
  },
});
