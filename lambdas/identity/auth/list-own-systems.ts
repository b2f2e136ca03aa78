import { operation } from "../../http/operation.ts";
import { toKeystoneList } from "../list-engine.ts";
import { effectiveRoles } from "../model/effective-roles.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";

export const listOwnSystems = operation({
  id: "identity/list-own-systems",
  service: "identity",
  route: "GET /v3/auth/system",
  access: "authenticated",
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const user = await usersIn(records).findById(call.caller.user.id);
    const directory = await readDirectory(records);
    const roles = user ? effectiveRoles(user, { kind: "system", id: "all" }, directory) : [];
    return toKeystoneList("system", roles.length > 0 ? [{ all: true }] : [], call, "auth/system");
  },
});
