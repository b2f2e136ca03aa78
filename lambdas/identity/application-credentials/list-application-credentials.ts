import { operation } from "../../http/operation.ts";
import { assertOwnOrAdmin } from "../faults.ts";
import { applyFilters, toKeystoneList } from "../list-engine.ts";
import { applicationCredentialsIn } from "../repositories/application-credentials.ts";
import { readDirectory } from "../repositories/directory.ts";
import { credentialView } from "../views.ts";

export const listApplicationCredentials = operation({
  id: "identity/list-application-credentials",
  service: "identity",
  route: "GET /v3/users/{user_id}/application_credentials",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { user_id: user } = call.path;
    assertOwnOrAdmin(
      call.caller,
      call.caller.user.id === user,
      "identity:list_application_credentials",
    );
    const { records } = environment.backend();
    const credentials = await applicationCredentialsIn(records).listByUser(user);
    const directory = await readDirectory(records);
    const shown = credentials.map((one) => credentialView(call.origin, one, directory));
    const path = `users/${user}/application_credentials`;
    return toKeystoneList(
      "application_credentials",
      applyFilters(shown, call.query, ["name"]),
      call,
      path,
    );
  },
});
