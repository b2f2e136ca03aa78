import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { finishDetach } from "../model/attachment.ts";
import { type Volume, volumeStatuses } from "../model/volume.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { closedObject, singleMember } from "../schema-fields.ts";

const word = { type: ["string", "null"] } as const;

export const resetVolumeStatus = operation({
  id: "volume/reset-volume-status",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-reset_status",
  access: { rule: "volume_extension:volume_admin_actions:reset_status", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember(
    "os-reset_status",
    closedObject({ status: word, attach_status: word, migration_status: word }, []),
  ),
  async run(call, environment) {
    const { records } = environment.backend();
    const { now } = call;
    const requested = call.body["os-reset_status"];
    const [status, attachStatus] = [requested.status, requested.attach_status].map((one) =>
      typeof one === "string" ? one.toLowerCase() : null,
    );
    const volume = await getVolume(records, projectScopeOf(call), call.path.volume_id, now);
    if (!status && !attachStatus && !requested.migration_status)
      throw badRequest("Must specify 'status', 'attach_status' or 'migration_status' for update.");
    assertResettable(status ?? null, attachStatus ?? null, volume);
    await changeVolume(records, volume, now, (was) => {
      const rest = attachStatus === "detached" ? finishDetach(was, () => true, now) : was;
      return { ...rest, status: status || was.status, motion: null, updated: now };
    });
    return undefined;
  },
});

/** cinder/api/validation/validators.py:200, cinder/api/contrib/admin_actions.py:97. */
function assertResettable(
  status: string | null,
  attachStatus: string | null,
  { ties: attachments }: Volume,
): void {
  if (status && !volumeStatuses.some((one) => one === status))
    throw badRequest("Must specify a valid status for update.");
  if (
    attachStatus &&
    !["attached", "detached", "attaching", "reserved", "deleted"].includes(attachStatus)
  )
    throw badRequest("Must specify a valid attach_status for update.");
  if (status && ["deleting", "error_deleting", "detaching"].includes(status))
    throw badRequest(`Cannot reset-state to ${status}`);
  if (status === "in-use" && attachments.length === 0)
    throw badRequest("Cannot reset-state to in-use because volume does not have any attachments.");
}
