import { operation } from "../../http/operation.ts";
import { listSources } from "../list-engine.ts";
import { accessibleTargets } from "../model/effective-roles.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { domainIn } from "../views.ts";

/** Domains that the caller can get a token for. */
export const listOwnDomains = operation({
  id: "identity/list-own-domains",
  service: "identity",
  route: "GET /v3/auth/domains",
  access: "authenticated",
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, world) {
    const { records } = world.backend();
    const user = await usersIn(records).findById(call.caller.user.id);
    const directory = await readDirectory(records);
    const ids = user ? accessibleTargets(user, "domain", directory) : [];
    const domains = ids.flatMap((id) => directory.domain(id) ?? []);
    const shown = domains.map((one) => domainIn(call.origin, one));
    return listSources("domains", shown, call, "auth/domains");
  },
});
