import { operation } from "../../http/operation.ts";
import { toKeystoneList } from "../list-engine.ts";
import { accessibleTargets } from "../model/effective-roles.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { domainView } from "../views.ts";

export const listOwnDomains = operation({
  id: "identity/list-own-domains",
  service: "identity",
  route: "GET /v3/auth/domains",
  access: "authenticated",
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const user = await usersIn(records).findById(call.caller.user.id);
    const directory = await readDirectory(records);
    const ids = user ? accessibleTargets(user, "domain", directory) : [];
    const domains = ids.flatMap((id) => directory.domain(id) ?? []);
    const shown = domains.map((one) => domainView(call.origin, one));
    return toKeystoneList("domains", shown, call, "auth/domains");
  },
});
