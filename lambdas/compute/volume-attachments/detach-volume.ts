import { Fault, malformed } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { holds } from "../../identity/model/identity.ts";
import { detaching } from "../../volume/model/attachment.ts";
import { takes } from "../../volume/model/scheduled-change.ts";
import { changeVolume, volumeWith } from "../../volume/repositories/volumes.ts";
import { refuseTying } from "../model/attached-volume.ts";
import { reach, requesterOf, serverOf } from "../servers/find-server.ts";
import { attachedWith, refuseShelved } from "./attachment-view.ts";
import { asNovaTells } from "./reserve-volume.ts";

/** It has begun; the volume is off a while after (nova/compute/api.py:5307). */
export const detachVolume = operation({
  id: "compute/detach-volume",
  service: "compute",
  route: "DELETE /servers/{server_id}/os-volume_attachments/{volume_id}",
  access: { rule: "os_compute_api:os-volumes-attachments:delete", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "accepted",
  async run(call, world) {
    const { servers, serverVolumes, records } = world.backend();
    const { now } = call;
    const noting = { note: "detachVolume", now, by: requesterOf(call) } as const;
    const server = await serverOf(call, servers);
    refuseShelved(server, call, "detachVolume");
    const sight = { project: server.project, everywhere: holds(call.caller, "admin") };
    const volume = await volumeWith(records, sight, call.path.volume_id, now);
    const attached = attachedWith(server, call.path.volume_id, now);
    if (attached.root) throw malformed("Cannot detach a root device volume");
    refuseTying(server, noting);
    await begun(
      call.requestId,
      changeVolume(records, volume, now, (was) => detaching(was, attached.attachment, now)),
    );
    await reach(call, servers, (project, id) =>
      serverVolumes.change(project, id, noting, ({ volumes }) =>
        volumes.map((one) => (one.id === volume.id ? { ...one, until: now + takes } : one)),
      ),
    );
    return undefined;
  },
});

/** nova/compute/api.py:5289 tells of an input what is of a volume. */
async function begun<T>(requestId: string, asked: Promise<T>): Promise<T> {
  try {
    return await asNovaTells(requestId, asked);
  } catch (cause) {
    if (cause instanceof Fault && cause.refusal.kind === "malformed")
      throw malformed(`Invalid volume: ${cause.refusal.reason}`);
    throw cause;
  }
}
