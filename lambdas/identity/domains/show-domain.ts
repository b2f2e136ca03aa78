import { operation } from "../../http/operation.ts";
import { ownOrAdmin } from "../faults.ts";
import { defaultDomain as home } from "../model/identity.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { domainIn } from "../views.ts";

export const showDomain = operation({
  id: "identity/show-domain",
  service: "identity",
  route: "GET /v3/domains/{domain_id}",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ path: { domain_id: id }, caller, origin }, world) {
    const { project, domain } = caller;
    const own = domain ?? (project ? (project.domain ?? home) : null);
    ownOrAdmin(caller, own?.id === id, "identity:get_domain");
    const directory = await readDirectory(world.backend().records);
    return { domain: domainIn(origin, getDirectoryEntry(directory, "domain", id)) };
  },
});
