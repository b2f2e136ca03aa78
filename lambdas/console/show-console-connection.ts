import { badRequest, Fault, notFound } from "../core/fault.ts";
import { operation } from "../http/operation.ts";
import { getGrant } from "./check-grant.ts";

/** nova/api/openstack/compute/console_auth_tokens.py. */
export const showConsoleConnection = operation({
  id: "console/show-console-connection",
  service: "compute",
  route: "GET /os-console-auth-tokens/{token}",
  access: { rule: "os_compute_api:os-console-auth-tokens", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "consoleConnection",
  async run({ path: { token }, microversion, now }, environment) {
    // up to 2.30 the API was for RDP consoles only, which do not exist
    if (microversion < 31)
      throw badRequest(
        "The server could not comply with the request since it is either malformed or otherwise incorrect.",
      );
    try {
      return (await getGrant(token, environment.backend(), now)).grant;
    } catch (cause) {
      if (cause instanceof Fault && cause.refusal.kind === "unauthenticated")
        throw notFound("console", token);
      throw cause;
    }
  },
});
