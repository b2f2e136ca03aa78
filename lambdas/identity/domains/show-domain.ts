import { operation } from "../../http/operation.ts";
import { assertOwnOrAdmin } from "../faults.ts";
import { defaultDomain as home } from "../model/identity.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { domainView } from "../views.ts";

export const showDomain = operation({
  id: "identity/show-domain",
  service: "identity",
  route: "GET /v3/domains/{domain_id}",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ path: { domain_id: id }, caller, origin }, environment) {
    const { project, domain } = caller;
    const own = domain ?? (project ? (project.domain ?? home) : null);
    assertOwnOrAdmin(caller, own?.id === id, "identity:get_domain");
    const directory = await readDirectory(environment.backend().records);
    return { domain: domainView(origin, getDirectoryEntry(directory, "domain", id)) };
  },
});
