import { operation } from "../../http/operation.ts";
import { fitting, listSources } from "../list-engine.ts";
import { readDirectory } from "../repositories/directory.ts";
import { domainIn } from "../views.ts";

export const listDomains = operation({
  id: "identity/list-domains",
  service: "identity",
  route: "GET /v3/domains",
  access: { rule: "identity:list_domains", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const { domains } = await readDirectory(world.backend().records);
    const shown = domains.map((domain) => domainIn(call.origin, domain));
    return listSources("domains", fitting(shown, call.query, ["name", "enabled"]), call);
  },
});
