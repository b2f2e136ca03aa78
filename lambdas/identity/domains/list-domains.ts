import { operation } from "../../http/operation.ts";
import { applyFilters, toKeystoneList } from "../list-engine.ts";
import { readDirectory } from "../repositories/directory.ts";
import { domainView } from "../views.ts";

export const listDomains = operation({
  id: "identity/list-domains",
  service: "identity",
  route: "GET /v3/domains",
  access: { rule: "identity:list_domains", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { domains } = await readDirectory(environment.backend().records);
    const shown = domains.map((domain) => domainView(call.origin, domain));
    return toKeystoneList("domains", applyFilters(shown, call.query, ["name", "enabled"]), call);
  },
});
