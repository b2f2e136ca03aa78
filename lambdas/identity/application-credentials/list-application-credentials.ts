import { operation } from "../../http/operation.ts";
import { ownOrAdmin } from "../faults.ts";
import { fitting, listSources } from "../list-engine.ts";
import { applicationCredentialsIn } from "../repositories/application-credentials.ts";
import { readDirectory } from "../repositories/directory.ts";
import { credentialIn } from "../views.ts";

export const listApplicationCredentials = operation({
  id: "identity/list-application-credentials",
  service: "identity",
  route: "GET /v3/users/{user_id}/application_credentials",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const { user_id: user } = call.path;
    ownOrAdmin(call.caller, call.caller.user.id === user, "identity:list_application_credentials");
    const { records } = world.backend();
    const credentials = await applicationCredentialsIn(records).listByUser(user);
    const directory = await readDirectory(records);
    const shown = credentials.map((one) => credentialIn(call.origin, one, directory));
    const path = `users/${user}/application_credentials`;
    return listSources("application_credentials", fitting(shown, call.query, ["name"]), call, path);
  },
});
