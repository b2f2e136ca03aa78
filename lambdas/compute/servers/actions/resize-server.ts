import { badRequest } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import type { Caller } from "../../../identity/model/identity.ts";
import { imagesIn } from "../../../image/repositories/images.ts";
import type { Records } from "../../../ports/records.ts";
import { isVolumeBacked } from "../../model/attached-volume.ts";
import type { Flavor } from "../../model/flavor.ts";
import { type Server, toBootFlavor } from "../../model/server.ts";
import { findFlavor } from "../../repositories/flavors.ts";
import { assertHostUp } from "../../scheduling/check-destination.ts";
import { assertImageFits } from "../create/boot-request.ts";
import {
  beginMigration,
  planMigration,
  requestSpecOf,
  reserveHost,
} from "../migrate/begin-migration.ts";
import { diskConfig } from "../schema-fields.ts";

/** nova/api/openstack/compute/schemas/servers.py resize. */
const body = {
  type: "object",
  properties: {
    resize: {
      type: "object",
      properties: {
        flavorRef: { type: ["string", "integer"], minLength: 1 },
        "OS-DCF:diskConfig": diskConfig,
      },
      required: ["flavorRef"],
      additionalProperties: false,
    },
  },
  required: ["resize"],
  additionalProperties: false,
} as const;

/** Keeps the former host and flavor until confirmed (E-26). */
export const resizeServer = operation({
  id: "compute/resize-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "resize",
  function: "compute/server-action",
  access: { rule: "os_compute_api:servers:resize", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem", "PutItem", "Query"],
  answer: "accepted",
  body,
  async run(call, environment) {
    const backend = environment.backend();
    const { flavorRef, "OS-DCF:diskConfig": requestedDiskConfig = "MANUAL" } = call.body.resize;
    await beginMigration(call, environment, "resize", async (server) => {
      await assertHostUp(backend, server);
      const flavor = await getNewFlavor(backend.records, server, String(flavorRef), call.caller);
      const bootFlavor = toBootFlavor(flavor);
      const reservation = await reserveHost(
        backend,
        server,
        requestSpecOf(server, bootFlavor),
        call.now,
      );
      const plan = { type: "resize", action: "resize", unplacedAction: "resizeUnplaced" } as const;
      const switchesAt = "resize_finish" as const;
      const planned = planMigration(
        call,
        server,
        { ...plan, flavor: bootFlavor, switchesAt },
        reservation.host,
      );
      return {
        ...planned,
        changes: { ...planned.changes, diskConfig: requestedDiskConfig },
        compensate: reservation.compensate,
      };
    });
    return undefined;
  },
});

/** Checks in Nova's order (nova/compute/api.py:4335). */
async function getNewFlavor(
  records: Records,
  server: Server,
  id: string,
  caller: Caller,
): Promise<Flavor> {
  const { flavor: current, image: base } = server;
  const flavor = await findFlavor(records, id, caller);
  if (!flavor) throw badRequest(`Flavor ${id} could not be found.`);
  if (flavor.disk === 0 && current?.disk !== 0 && !isVolumeBacked(server))
    throw badRequest(
      "Server disk was unable to be resized because: Resize to zero disk flavor is not allowed.",
    );
  if (flavor.id === current?.id) throw badRequest("When resizing, instances must change flavor!");
  const image = base && (await imagesIn(records).findById(base.id));
  if (image) assertImageFits(flavor, image, caller);
  return flavor;
}
