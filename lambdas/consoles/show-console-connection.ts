import { isNoSuch, malformed, noSuch } from "../domain/fault.ts";
import { operation } from "../http/operation.ts";

/** Where a console's token leads, as a proxy would ask (nova/…/console_auth_tokens.py). */
export const showConsoleConnection = operation({
  id: "consoles/show-console-connection",
  service: "compute",
  route: "GET /os-console-auth-tokens/{token}",
  access: { rule: "os_compute_api:os-console-auth-tokens", role: "admin" },
  calls: ["GetItem"],
  answer: "consoleConnection",
  async run({ path: { token }, microversion, now }, world) {
    // up to 2.30 it was for RDP alone, which is gone
    if (microversion < 31)
      throw malformed(
        "The server could not comply with the request since it is either malformed or otherwise incorrect.",
      );
    const { consoles, servers } = world.backend();
    const grant = await consoles.find(token, now);
    if (!grant) throw noSuch("console", token);
    try {
      const server = await servers.get(grant.project, grant.server, now);
      if (server.consoleEpoch === grant.epoch) return server;
    } catch (cause) {
      if (!isNoSuch(cause, "server")) throw cause;
    }
    throw noSuch("console", token);
  },
});
