import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { isInProgress } from "../model/migration.ts";
import { getServer } from "../servers/find-server.ts";
import { findMigration, liveMigrationView } from "./live-migration.ts";

/** Only a live migration in progress. */
export const listServerMigrations = operation({
  id: "compute/list-server-migrations",
  service: "compute",
  route: "GET /servers/{server_id}/migrations",
  versions: { since: 23 },
  access: { rule: "os_compute_api:servers:migrations:index", role: "manager" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const { servers, records } = environment.backend();
    const { microversion, now } = call;
    const server = await getServer(call, servers);
    const last = server.before
      ? await findMigration(records, server, String(server.before.migration))
      : null;
    const options = { microversion, now, canSeeHosts: hasRole(call.caller, "admin") };
    return {
      migrations: last && isInProgress(last, now) ? [liveMigrationView(last, options)] : [],
    };
  },
});
