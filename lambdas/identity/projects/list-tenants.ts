import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { accessibleTargets } from "../model/effective-roles.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";

/** Keystone v2.0: projects that an unscoped token can be exchanged for. */
export const listTenants = operation({
  id: "identity/list-tenants",
  service: "identity",
  route: "GET /v2.0/tenants",
  function: "own",
  access: "authenticated",
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run({ caller }, environment) {
    const { records } = environment.backend();
    const user = await usersIn(records).findById(caller.user.id);
    if (!user) throw new Fault({ kind: "unauthenticated" });
    const directory = await readDirectory(records);
    const tenants = accessibleTargets(user, "project", directory).flatMap(
      (id) => directory.project(id) ?? [],
    );
    return {
      tenants: tenants.map(({ id, name }) => ({ id, name, enabled: true })),
      tenants_links: [],
    };
  },
});
