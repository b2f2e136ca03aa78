import { badRequest } from "../../core/fault.ts";
import { type Action, members } from "../action.ts";
import { finishDetach, invalidVolume } from "../model/attachment.ts";
import { type Volume, volumeStatuses } from "../model/volume.ts";
import { changeVolume } from "../repositories/volumes.ts";
import { isYes } from "../request.ts";
import { booleanField } from "../schema-fields.ts";

const word = { type: ["string", "null"] } as const;

/** What is so at once. */
export const stateActions: Readonly<Record<string, Action<Volume>>> = {
  "os-reset_status": {
    admin: "volume_extension:volume_admin_actions:reset_status",
    body: members({ status: word, attach_status: word, migration_status: word }, []),
    async run({ on, said, records, asking: { now } }) {
      const [status, attach] = [said["status"], said["attach_status"]].map((one) =>
        typeof one === "string" ? one.toLowerCase() : null,
      );
      if (!status && !attach && !said["migration_status"])
        throw badRequest(
          "Must specify 'status', 'attach_status' or 'migration_status' for update.",
        );
      refuseUnknown(status ?? null, attach ?? null, on);
      await changeVolume(records, on, now, (was) => {
        const rest = attach === "detached" ? finishDetach(was, () => true, now) : was;
        return { ...rest, status: status || was.status, motion: null, updated: now };
      });
      return { status: 202 };
    },
  },
  "os-set_bootable": {
    body: members({ bootable: booleanField }, ["bootable"]),
    async run({ on, said, records, asking: { now } }) {
      const bootable = isYes(said["bootable"]);
      await changeVolume(records, on, now, (was) => ({ ...was, bootable, updated: now }));
      return { status: 200 };
    },
  },
  "os-update_readonly_flag": {
    body: members({ readonly: booleanField }, ["readonly"]),
    async run({ on, said, records, asking: { now } }) {
      await changeVolume(records, on, now, (was) => {
        if (was.status !== "available")
          throw invalidVolume(
            `Volume ${was.id} status must be available to update readonly flag, but current status is: ${was.status}.`,
          );
        return { ...was, readonly: isYes(said["readonly"]), updated: now };
      });
      return { status: 202 };
    },
  },
};

/** cinder/api/validation/validators.py:200 and admin_actions.py:97. */
function refuseUnknown(status: string | null, attach: string | null, { ties }: Volume): void {
  if (status && !volumeStatuses.some((one) => one === status))
    throw badRequest(`Must specify a valid status for update.`);
  if (attach && !["attached", "detached", "attaching", "reserved", "deleted"].includes(attach))
    throw badRequest("Must specify a valid attach_status for update.");
  if (status && ["deleting", "error_deleting", "detaching"].includes(status))
    throw badRequest(`Cannot reset-state to ${status}`);
  if (status === "in-use" && ties.length === 0)
    throw badRequest("Cannot reset-state to in-use because volume does not have any attachments.");
}
