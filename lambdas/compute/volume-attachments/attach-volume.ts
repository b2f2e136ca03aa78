import { randomUUID } from "node:crypto";
import { isTrue, novaMember } from "../../core/booleans.ts";
import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { saga } from "../../ports/saga.ts";
import type { Volume } from "../../volume/model/volume.ts";
import { getVolume } from "../../volume/repositories/volumes.ts";
import {
  type AttachedVolume,
  assertAttachable,
  attachedVolumesAt,
} from "../model/attached-volume.ts";
import { selectDeviceName } from "../model/device-name.ts";
import { observe } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";
import { getServer, toRequester, withServerProject } from "../servers/find-server.ts";
import { boolean, tagField, uuidField } from "../servers/schema-fields.ts";
import { assertNotShelved, deviceField } from "./attachment-view.ts";
import { releaseVolume, reserveVolume } from "./reserve-volume.ts";

/** Answers before the volume is attached. */
export const attachVolume = operation({
  id: "compute/attach-volume",
  service: "compute",
  route: "POST /servers/{server_id}/os-volume_attachments",
  access: { rule: "os_compute_api:os-volumes-attachments:create", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: {
      volumeAttachment: {
        type: "object",
        properties: {
          volumeId: uuidField,
          device: deviceField,
          tag: { ...tagField, since: 49 },
          delete_on_termination: { ...boolean, since: 79 },
        },
        required: ["volumeId"],
        additionalProperties: false,
      },
    },
    required: ["volumeAttachment"],
    additionalProperties: false,
  },
  async run(call, environment) {
    const { servers, serverVolumes, records } = environment.backend();
    const attributes = call.body.volumeAttachment;
    const { now, microversion } = call;
    const record = { action: "attachVolume", now, by: toRequester(call) } as const;
    const server = await getServer(call, servers);
    assertNotShelved(server, call, "attachVolume");
    assertAttachable(server, record);
    const allProjects = hasRole(call.caller, "admin");
    const scope = { project: server.project, allProjects };
    const volume = await getVolume(records, scope, attributes.volumeId, now);
    assertNotAttached(server, volume, now);
    assertSupportedWhileOffloaded(server, volume, attributes.tag ?? null, now);
    if (volume.multiattach && microversion < 60)
      throw badRequest(
        "Multiattach volumes are only supported starting with compute API version 2.60.",
      );
    const requestedDevice = attributes.device ?? null;
    // before anything is reserved
    const device = selectDeviceName(
      { ...server, volumes: attachedVolumesAt(server, now) },
      requestedDevice,
    );
    const attached: Omit<AttachedVolume, "device"> = {
      id: volume.id,
      ...(volume.project_id !== server.project && { project: volume.project_id }),
      attachment: randomUUID(),
      mapping: randomUUID(),
      tag: attributes.tag ?? null,
      deleteOnTermination: isTrue(novaMember, attributes.delete_on_termination),
    };
    const updated = await saga(async (step) => {
      const reservation = { server, attached, device, requestId: call.requestId, now };
      await step(
        "reserve the volume",
        () => reserveVolume(records, volume, reservation),
        () => releaseVolume(records, volume, attached.attachment, now),
      );
      return step("attach the volume", () =>
        withServerProject(call, servers, (project, id) =>
          serverVolumes.change(project, id, record, (current) => [
            ...current.volumes,
            { ...attached, device: selectDeviceName(current, requestedDevice) },
          ]),
        ),
      );
    });
    const { device: name } = updated.volumes.find(({ id }) => id === volume.id) ?? { device };
    return {
      volumeAttachment: {
        id: attributes.volumeId,
        serverId: server.id,
        volumeId: attributes.volumeId,
        device: name,
        ...(microversion >= 70 && { tag: attributes.tag ?? null }),
        ...(microversion >= 79 && { delete_on_termination: attached.deleteOnTermination }),
      },
    };
  },
});

/** nova/compute/api.py:5103. */
function assertNotAttached(server: Server, volume: Volume, now: number): void {
  const isOnServer = attachedVolumesAt(server, now).some(({ id }) => id === volume.id);
  const otherServers = volume.ties.flatMap((attachment) => attachment.server ?? []);
  if (!volume.multiattach && (isOnServer || otherServers.length > 0))
    throw badRequest(
      `Invalid volume: volume ${volume.id} is already attached to instances: ${isOnServer && otherServers.length === 0 ? server.id : otherServers.join(" ")}`,
    );
  if (isOnServer) throw badRequest(`Invalid volume: volume ${volume.id} already attached`);
}

/** nova/compute/api.py:5231. */
function assertSupportedWhileOffloaded(
  { motion }: Server,
  { multiattach }: Volume,
  deviceTag: string | null,
  now: number,
): void {
  if (observe(motion, now).vm !== "shelved_offloaded") return;
  if (deviceTag !== null)
    throw badRequest("Tagged volume attachment is not supported for shelved-offloaded instances.");
  if (multiattach)
    throw badRequest(
      "Attaching multiattach volumes is not supported for shelved-offloaded instances.",
    );
}
