import { operation } from "../../http/operation.ts";
import { ownOrAdmin } from "../faults.ts";
import { readDirectory } from "../repositories/directory.ts";
import { credentialIn } from "../views.ts";
import { credentialOf } from "./assert-unrestricted.ts";

export const showApplicationCredential = operation({
  id: "identity/show-application-credential",
  service: "identity",
  route: "GET /v3/users/{user_id}/application_credentials/{application_credential_id}",
  access: "authenticated",
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run({ path, caller, origin }, world) {
    ownOrAdmin(caller, caller.user.id === path.user_id, "identity:get_application_credential");
    const { records } = world.backend();
    const credential = await credentialOf(records, path);
    const directory = await readDirectory(records);
    return { application_credential: credentialIn(origin, credential, directory) };
  },
});
