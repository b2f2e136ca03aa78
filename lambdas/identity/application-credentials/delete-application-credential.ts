import { operation } from "../../http/operation.ts";
import { assertOwnOrAdmin } from "../faults.ts";
import { revocationKeys } from "../model/identity.ts";
import { applicationCredentialsIn } from "../repositories/application-credentials.ts";
import { revokeIncludingInFlight } from "../tokens/revocation.ts";
import { assertUnrestricted, credentialOf } from "./assert-unrestricted.ts";

export const deleteApplicationCredential = operation({
  id: "identity/delete-application-credential",
  service: "identity",
  route: "DELETE /v3/users/{user_id}/application_credentials/{application_credential_id}",
  access: "authenticated",
  dynamoCalls: ["GetItem", "PutItem", "DeleteItem"],
  answer: "deleted",
  async run({ path, caller, now }, environment) {
    assertOwnOrAdmin(
      caller,
      caller.user.id === path.user_id,
      "identity:delete_application_credential",
    );
    assertUnrestricted(caller);
    const { records } = environment.backend();
    const credential = await credentialOf(records, path);
    await revokeIncludingInFlight(environment, revocationKeys.credential(credential.id), now);
    await applicationCredentialsIn(records).remove(credential);
    return undefined;
  },
});
