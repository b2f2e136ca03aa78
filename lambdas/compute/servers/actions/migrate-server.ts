import { badRequest } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { hostnameSchema } from "../../../http/schema-fields.ts";
import {
  assertHostKnown,
  assertHostUp,
  assertMayChooseHost,
} from "../../scheduling/check-destination.ts";
import {
  beginMigration,
  planMigration,
  requestSpecOf,
  reserveHost,
} from "../migrate/begin-migration.ts";

const migrateField = {
  type: ["object", "null"],
  properties: { host: { ...hostnameSchema, type: ["string", "null"] } },
  additionalProperties: false,
} as const;

/** nova/api/openstack/compute/schemas/migrate_server.py; any value up to 2.55. */
const body = {
  type: "object",
  properties: { migrate: { ...migrateField, versions: { 1: {}, 56: migrateField } } },
  required: ["migrate"],
  additionalProperties: false,
} as const;

/** A resize to the same flavor. */
export const migrateServer = operation({
  id: "compute/migrate-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "migrate",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-migrate-server:migrate", role: "manager" },
  dynamoCalls: ["UpdateItem", "GetItem", "PutItem", "Query"],
  answer: "accepted",
  body,
  async run(call, environment) {
    const backend = environment.backend();
    const { microversion, caller, now } = call;
    const requestedHost = (microversion >= 56 && call.body.migrate?.host) || null;
    if (requestedHost) assertMayChooseHost(caller, "migrate");
    await beginMigration(call, environment, "migrate", async (server) => {
      await assertHostUp(backend, server);
      if (requestedHost === server.host)
        throw badRequest("Cannot migrate to the host where the server exists.");
      assertHostKnown(requestedHost);
      const { flavor } = server;
      const reservation = await reserveHost(
        backend,
        server,
        requestSpecOf(server, flavor, requestedHost),
        now,
      );
      const plan = {
        type: "migration",
        action: "migrate",
        unplacedAction: "migrateUnplaced",
      } as const;
      const planned = planMigration(
        call,
        server,
        { ...plan, flavor, switchesAt: "resize_finish" },
        reservation.host,
      );
      // Nova always resets diskConfig (nova/compute/api.py:4438)
      return {
        ...planned,
        changes: { ...planned.changes, diskConfig: "MANUAL" },
        compensate: reservation.compensate,
      };
    });
    return undefined;
  },
});
