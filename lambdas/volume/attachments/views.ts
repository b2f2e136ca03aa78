import { orNull, toIsoMicros } from "../../core/times.ts";
import type { ListEntry } from "../list-engine.ts";
import type { AttachmentOfVolume } from "../model/volume.ts";
import { connectionView } from "../volumes/views.ts";

/** cinder/api/v3/views/attachments.py. */
export const attachmentSummaryView = ({ volume, attachment }: AttachmentOfVolume) => ({
  id: attachment.id,
  status: attachment.status,
  instance: attachment.server,
  volume_id: volume.id,
});

export const attachmentFullView = ({ volume, attachment }: AttachmentOfVolume) => ({
  ...attachmentSummaryView({ volume, attachment }),
  attached_at: orNull(toIsoMicros)(attachment.attached) ?? "",
  detached_at: "",
  attach_mode: attachment.mode,
  connection_info: attachment.connector ? connectionInfoView({ volume, attachment }) : {},
});

const connectionInfoView = ({ volume, attachment }: AttachmentOfVolume) => {
  const { driver_volume_type, data } = connectionView(volume);
  return { ...data, driver_volume_type, attachment_id: attachment.id };
};

export const attachmentEntry = (
  { volume, attachment }: AttachmentOfVolume,
  view: unknown,
): ListEntry => ({
  fields: {
    id: attachment.id,
    volume_id: volume.id,
    status: attachment.status,
    attach_status: attachment.status,
    instance_id: attachment.server,
    created_at: orNull(toIsoMicros)(attachment.attached),
    project_id: volume.project_id,
  },
  view,
});

export const attachmentList = {
  name: "attachments",
  path: "attachments",
  resource: "volume-part",
  filters: ["volume_id", "status", "instance_id", "attach_status"],
} as const;
