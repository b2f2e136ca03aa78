import { operation } from "../../http/operation.ts";

/** There are none: nothing runs on a host to make this network. */
export const listAgents = operation({
  id: "network/list-agents",
  service: "network",
  route: "GET /v2.0/agents",
  access: { rule: "get_agent", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({ agents: [] }),
});
