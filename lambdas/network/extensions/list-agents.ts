import { operation } from "../../http/operation.ts";
import { agentsView } from "./views.ts";

export const listAgents = operation({
  id: "network/list-agents",
  service: "network",
  route: "GET /v2.0/agents",
  access: { rule: "get_agent", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  run: async () => agentsView(),
});
