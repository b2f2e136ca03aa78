import { operation } from "../../http/operation.ts";
import { assertOwnOrAdmin } from "../faults.ts";
import { readDirectory } from "../repositories/directory.ts";
import { credentialView } from "../views.ts";
import { credentialOf } from "./assert-unrestricted.ts";

export const showApplicationCredential = operation({
  id: "identity/show-application-credential",
  service: "identity",
  route: "GET /v3/users/{user_id}/application_credentials/{application_credential_id}",
  access: "authenticated",
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run({ path, caller, origin }, environment) {
    assertOwnOrAdmin(
      caller,
      caller.user.id === path.user_id,
      "identity:get_application_credential",
    );
    const { records } = environment.backend();
    const credential = await credentialOf(records, path);
    const directory = await readDirectory(records);
    return { application_credential: credentialView(origin, credential, directory) };
  },
});
