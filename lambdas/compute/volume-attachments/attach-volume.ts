import { randomUUID } from "node:crypto";
import { malformed } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { holds } from "../../identity/model/identity.ts";
import type { Volume } from "../../volume/model/volume.ts";
import { volumeWith } from "../../volume/repositories/volumes.ts";
import { type AttachedVolume, attachedAt, refuseTying } from "../model/attached-volume.ts";
import { deviceFor } from "../model/device-name.ts";
import { observe } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";
import { reach, requesterOf, serverOf } from "../servers/find-server.ts";
import { boolean, isTrue } from "../servers/schema-fields.ts";
import { device as deviceSchema, refuseShelved, tag, uuid } from "./attachment-view.ts";
import { letGo, taken } from "./reserve-volume.ts";

/** It has begun; the volume is on the server a while after (nova/compute/api.py:5204). */
export const attachVolume = operation({
  id: "compute/attach-volume",
  service: "compute",
  route: "POST /servers/{server_id}/os-volume_attachments",
  access: { rule: "os_compute_api:os-volumes-attachments:create", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "document",
  // nova/api/openstack/compute/schemas/volume_attachments.py create, create_v249, create_v279
  body: {
    type: "object",
    properties: {
      volumeAttachment: {
        type: "object",
        properties: {
          volumeId: uuid,
          device: deviceSchema,
          tag: { ...tag, since: 49 },
          delete_on_termination: { ...boolean, since: 79 },
        },
        required: ["volumeId"],
        additionalProperties: false,
      },
    },
    required: ["volumeAttachment"],
    additionalProperties: false,
  },
  async run(call, world) {
    const { servers, serverVolumes, records } = world.backend();
    const said = call.body.volumeAttachment;
    const { now, microversion } = call;
    const noting = { note: "attachVolume", now, by: requesterOf(call) } as const;
    const server = await serverOf(call, servers);
    refuseShelved(server, call, "attachVolume");
    refuseTying(server, noting);
    const everywhere = holds(call.caller, "admin");
    const sight = { project: server.project, everywhere };
    const volume = await volumeWith(records, sight, said.volumeId, now);
    refuseAttached(server, volume, now);
    refuseOffloaded(server, volume, said.tag ?? null, now);
    if (volume.multiattach && microversion < 60)
      throw malformed(
        "Multiattach volumes are only supported starting with compute API version 2.60.",
      );
    const asked = said.device ?? null;
    // refused before anything is taken
    const device = deviceFor({ ...server, volumes: attachedAt(server, now) }, asked);
    const attached: Omit<AttachedVolume, "device"> = {
      id: volume.id,
      ...(volume.project_id !== server.project && { project: volume.project_id }),
      attachment: randomUUID(),
      mapping: randomUUID(),
      tag: said.tag ?? null,
      deleteOnTermination: isTrue(said.delete_on_termination),
    };
    await taken(records, volume, { server, attached, device, requestId: call.requestId, now });
    let there: Server;
    try {
      there = await reach(call, servers, (project, id) =>
        serverVolumes.change(project, id, noting, (is) => [
          ...is.volumes,
          { ...attached, device: deviceFor(is, asked) },
        ]),
      );
    } catch (cause) {
      await letGo(records, volume, attached.attachment, now);
      throw cause;
    }
    const { device: name } = there.volumes.find(({ id }) => id === volume.id) ?? { device };
    return {
      volumeAttachment: {
        id: said.volumeId,
        serverId: server.id,
        volumeId: said.volumeId,
        device: name,
        ...(microversion >= 70 && { tag: said.tag ?? null }),
        ...(microversion >= 79 && { delete_on_termination: attached.deleteOnTermination }),
      },
    };
  },
});

/** nova/compute/api.py:5103 _check_volume_already_attached. */
function refuseAttached(server: Server, volume: Volume, now: number): void {
  const own = attachedAt(server, now).some(({ id }) => id === volume.id);
  const others = volume.ties.flatMap((tie) => tie.server ?? []);
  if (!volume.multiattach && (own || others.length > 0))
    throw malformed(
      `Invalid volume: volume ${volume.id} is already attached to instances: ${own && others.length === 0 ? server.id : others.join(" ")}`,
    );
  if (own) throw malformed(`Invalid volume: volume ${volume.id} already attached`);
}

/** What is on no host cannot be asked whether it can (nova/compute/api.py:5231). */
function refuseOffloaded(
  { motion }: Server,
  { multiattach }: Volume,
  tagged: string | null,
  now: number,
): void {
  if (observe(motion, now).vm !== "shelved_offloaded") return;
  if (tagged !== null)
    throw malformed("Tagged volume attachment is not supported for shelved-offloaded instances.");
  if (multiattach)
    throw malformed(
      "Attaching multiattach volumes is not supported for shelved-offloaded instances.",
    );
}
