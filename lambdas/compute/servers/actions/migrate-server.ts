import { malformed } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { hostname } from "../../../http/schema-fields.ts";
import { refuseDown, refuseHost, refuseUnknown } from "../../scheduling/check-destination.ts";
import { journey, roomFor, setOut, wishOf } from "../migrate/begin-migration.ts";

const hosted = {
  type: ["object", "null"],
  properties: { host: { ...hostname, type: ["string", "null"] } },
  additionalProperties: false,
} as const;

/** nova/api/openstack/compute/schemas/migrate_server.py; up to 2.55 its value may be anything. */
const body = {
  type: "object",
  properties: { migrate: { ...hosted, versions: { 1: {}, 56: hosted } } },
  required: ["migrate"],
  additionalProperties: false,
} as const;

/** A resize to the same flavor: confirmed and reverted as one. */
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
  async run(call, world) {
    const backend = world.backend();
    const { microversion, caller, now } = call;
    const only = (microversion >= 56 && call.body.migrate?.host) || null;
    if (only) refuseHost(caller, "migrate");
    await setOut(call, world, "migrate", async (server) => {
      await refuseDown(backend, server);
      if (only === server.host)
        throw malformed("Cannot migrate to the host where the server exists.");
      refuseUnknown(only);
      const { flavor } = server;
      const room = await roomFor(backend, server, wishOf(server, flavor, only), now);
      const way = { type: "migration", action: "migrate", unplaced: "migrateUnplaced" } as const;
      const made = journey(call, server, { ...way, flavor, arrives: "resize_finish" }, room.host);
      // nova/compute/api.py:4438, whether anybody said so or not
      return { ...made, changes: { ...made.changes, diskConfig: "MANUAL" }, undo: room.undo };
    });
    return undefined;
  },
});
