import { isTrue, novaMember } from "../../core/booleans.ts";
import { badRequest, Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { getServer, toRequester, withServerProject } from "../servers/find-server.ts";
import { boolean, tagField, uuidField } from "../servers/schema-fields.ts";
import { deviceField, getAttachedVolume } from "./attachment-view.ts";
import { swapVolume } from "./swap-volume.ts";

/** Another volume id swaps the volumes. */
export const updateVolumeAttachment = operation({
  id: "compute/update-volume-attachment",
  service: "compute",
  route: "PUT /servers/{server_id}/os-volume_attachments/{volume_id}",
  access: { rule: "os_compute_api:os-volumes-attachments:update", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "accepted",
  body: {
    type: "object",
    properties: {
      volumeAttachment: {
        type: "object",
        properties: {
          volumeId: uuidField,
          device: { ...deviceField, since: 85 },
          tag: { ...tagField, since: 85 },
          delete_on_termination: { ...boolean, since: 85 },
          serverId: { ...uuidField, since: 85 },
          id: { ...uuidField, since: 85 },
        },
        required: ["volumeId"],
        additionalProperties: false,
      },
    },
    required: ["volumeAttachment"],
    additionalProperties: false,
  },
  async run(call, environment) {
    const { servers, serverVolumes } = environment.backend();
    const attributes = call.body.volumeAttachment;
    const id = call.path.volume_id;
    const isSwap = call.microversion < 85 || attributes.volumeId !== id;
    if (isSwap && !hasRole(call.caller, "admin"))
      throw new Fault({
        kind: "forbidden",
        rule: "os_compute_api:os-volumes-attachments:swap",
      });
    const server = await getServer(call, servers);
    if (call.microversion >= 85) {
      const attached = getAttachedVolume(server, id, call.now);
      const immutable = { id, serverId: server.id, device: attached.device, tag: attached.tag };
      for (const [name, value] of Object.entries(immutable))
        if (Object.hasOwn(attributes, name) && attributes[name as keyof typeof immutable] !== value)
          throw badRequest(`The ${name} property is not mutable`);
      if (attributes.delete_on_termination !== undefined)
        await withServerProject(call, servers, (project, serverId) =>
          serverVolumes.setDeleteOnTermination(
            project,
            serverId,
            id,
            isTrue(novaMember, attributes.delete_on_termination),
            call.now,
          ),
        );
    }
    if (isSwap)
      await swapVolume(environment.backend(), {
        ...{ server, from: id, to: attributes.volumeId },
        record: { action: "swapVolume", now: call.now, by: toRequester(call) },
      });
    return undefined;
  },
});
