import { malformed } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import type { Caller } from "../../../identity/model/identity.ts";
import { imagesIn } from "../../../image/repositories/images.ts";
import type { Records } from "../../../ports/records.ts";
import { isVolumeBacked } from "../../model/attached-volume.ts";
import type { Flavor } from "../../model/flavor.ts";
import { keptOf, type Server } from "../../model/server.ts";
import { flavorFor } from "../../repositories/flavors.ts";
import { refuseDown } from "../../scheduling/check-destination.ts";
import { refuseSmall } from "../create/boot-request.ts";
import { journey, roomFor, setOut, wishOf } from "../migrate/begin-migration.ts";
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

/** It is another host's and flavor's at once, and may be put back to what it was until that is confirmed (E-26). */
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
  async run(call, world) {
    const backend = world.backend();
    const { flavorRef, "OS-DCF:diskConfig": disk = "MANUAL" } = call.body.resize;
    await setOut(call, world, "resize", async (server) => {
      await refuseDown(backend, server);
      const flavor = await flavorTo(backend.records, server, String(flavorRef), call.caller);
      const to = keptOf(flavor);
      const room = await roomFor(backend, server, wishOf(server, to), call.now);
      const way = { type: "resize", action: "resize", unplaced: "resizeUnplaced" } as const;
      const arrives = "resize_finish" as const;
      const made = journey(call, server, { ...way, flavor: to, arrives }, room.host);
      return { ...made, changes: { ...made.changes, diskConfig: disk }, undo: room.undo };
    });
    return undefined;
  },
});

/** What is wrong with the flavor for this server, in Nova's order (nova/compute/api.py:4335). */
async function flavorTo(
  records: Records,
  server: Server,
  id: string,
  caller: Caller,
): Promise<Flavor> {
  const { flavor: current, image: base } = server;
  const flavor = await flavorFor(records, id, caller);
  if (!flavor) throw malformed(`Flavor ${id} could not be found.`);
  if (flavor.disk === 0 && current?.disk !== 0 && !isVolumeBacked(server))
    throw malformed(
      "Server disk was unable to be resized because: Resize to zero disk flavor is not allowed.",
    );
  if (flavor.id === current?.id) throw malformed("When resizing, instances must change flavor!");
  const image = base && (await imagesIn(records).withId(base.id));
  if (image) refuseSmall(flavor, image, caller);
  return flavor;
}
