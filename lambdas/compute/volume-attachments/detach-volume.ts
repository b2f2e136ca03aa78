import { badRequest, Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { beginDetach } from "../../volume/model/attachment.ts";
import { delayMs } from "../../volume/model/scheduled-change.ts";
import { changeVolume, getVolume } from "../../volume/repositories/volumes.ts";
import { assertAttachable } from "../model/attached-volume.ts";
import { getServer, toRequester, withServerProject } from "../servers/find-server.ts";
import { assertNotShelved, getAttachedVolume } from "./attachment-view.ts";
import { asCinderException } from "./reserve-volume.ts";

/** Answers before the volume is detached. */
export const detachVolume = operation({
  id: "compute/detach-volume",
  service: "compute",
  route: "DELETE /servers/{server_id}/os-volume_attachments/{volume_id}",
  access: { rule: "os_compute_api:os-volumes-attachments:delete", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "UpdateItem"],
  answer: "accepted",
  async run(call, environment) {
    const { servers, serverVolumes, records } = environment.backend();
    const { now } = call;
    const record = { action: "detachVolume", now, by: toRequester(call) } as const;
    const server = await getServer(call, servers);
    assertNotShelved(server, call, "detachVolume");
    const scope = { project: server.project, allProjects: hasRole(call.caller, "admin") };
    const volume = await getVolume(records, scope, call.path.volume_id, now);
    const attached = getAttachedVolume(server, call.path.volume_id, now);
    if (attached.root) throw badRequest("Cannot detach a root device volume");
    assertAttachable(server, record);
    await asInvalidVolume(
      call.requestId,
      changeVolume(records, volume, now, (was) => beginDetach(was, attached.attachment, now)),
    );
    await withServerProject(call, servers, (project, id) =>
      serverVolumes.change(project, id, record, ({ volumes }) =>
        volumes.map((one) => (one.id === volume.id ? { ...one, until: now + delayMs } : one)),
      ),
    );
    return undefined;
  },
});

/** Nova wraps Cinder's invalid input (nova/compute/api.py:5289). */
async function asInvalidVolume<T>(requestId: string, pending: Promise<T>): Promise<T> {
  try {
    return await asCinderException(requestId, pending);
  } catch (cause) {
    if (cause instanceof Fault && cause.refusal.kind === "malformed")
      throw badRequest(`Invalid volume: ${cause.refusal.reason}`);
    throw cause;
  }
}
