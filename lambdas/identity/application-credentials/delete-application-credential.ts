import { operation } from "../../http/operation.ts";
import { ownOrAdmin } from "../faults.ts";
import { revocationKeys } from "../model/identity.ts";
import { applicationCredentialsIn } from "../repositories/application-credentials.ts";
import { ending } from "../tokens/revocation.ts";
import { assertUnrestricted, credentialOf } from "./assert-unrestricted.ts";

export const deleteApplicationCredential = operation({
  id: "identity/delete-application-credential",
  service: "identity",
  route: "DELETE /v3/users/{user_id}/application_credentials/{application_credential_id}",
  access: "authenticated",
  dynamoCalls: ["GetItem", "PutItem", "DeleteItem"],
  answer: "deleted",
  async run({ path, caller, now }, world) {
    ownOrAdmin(caller, caller.user.id === path.user_id, "identity:delete_application_credential");
    assertUnrestricted(caller);
    const { records } = world.backend();
    const credential = await credentialOf(records, path);
    await ending(world, revocationKeys.credential(credential.id), now);
    await applicationCredentialsIn(records).remove(credential);
    return undefined;
  },
});
