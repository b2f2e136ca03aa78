import { Fault, malformed } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { holds } from "../../identity/model/identity.ts";
import { reach, requesterOf, serverOf } from "../servers/find-server.ts";
import { boolean, isTrue } from "../servers/schema-fields.ts";
import { attachedWith, device, tag, uuid } from "./attachment-view.ts";
import { swapVolume } from "./swap-volume.ts";

/** From 2.85 on says whether the volume goes with the server; else puts another in its place. */
export const updateVolumeAttachment = operation({
  id: "compute/update-volume-attachment",
  service: "compute",
  route: "PUT /servers/{server_id}/os-volume_attachments/{volume_id}",
  access: { rule: "os_compute_api:os-volumes-attachments:update", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "accepted",
  // nova/api/openstack/compute/schemas/volume_attachments.py update, update_v285
  body: {
    type: "object",
    properties: {
      volumeAttachment: {
        type: "object",
        properties: {
          volumeId: uuid,
          device: { ...device, since: 85 },
          tag: { ...tag, since: 85 },
          delete_on_termination: { ...boolean, since: 85 },
          serverId: { ...uuid, since: 85 },
          id: { ...uuid, since: 85 },
        },
        required: ["volumeId"],
        additionalProperties: false,
      },
    },
    required: ["volumeAttachment"],
    additionalProperties: false,
  },
  async run(call, world) {
    const { servers, serverVolumes } = world.backend();
    const said = call.body.volumeAttachment;
    const id = call.path.volume_id;
    const swaps = call.microversion < 85 || said.volumeId !== id;
    if (swaps && !holds(call.caller, "admin"))
      throw new Fault({
        kind: "forbidden",
        rule: "os_compute_api:os-volumes-attachments:swap",
      });
    const server = await serverOf(call, servers);
    if (call.microversion >= 85) {
      const attached = attachedWith(server, id, call.now);
      const fixed = { id, serverId: server.id, device: attached.device, tag: attached.tag };
      for (const [name, value] of Object.entries(fixed))
        if (Object.hasOwn(said, name) && said[name as keyof typeof fixed] !== value)
          throw malformed(`The ${name} property is not mutable`);
      if (said.delete_on_termination !== undefined)
        await reach(call, servers, (project, of) =>
          serverVolumes.keep(project, of, id, isTrue(said.delete_on_termination), call.now),
        );
    }
    if (swaps)
      await swapVolume(world.backend(), {
        ...{ server, from: id, to: said.volumeId },
        noting: { note: "swapVolume", now: call.now, by: requesterOf(call) },
      });
    return undefined;
  },
});
