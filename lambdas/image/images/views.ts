import { toIsoSecondsZ } from "../../core/times.ts";
import type { Image, Membership } from "../model/image.ts";
import { importMethods } from "./import-methods.ts";

/** glance/api/v2/image_members.py _format_image_member. */
export const imageMemberView = (
  image: Image,
  project: string,
  { status, created, updated }: Membership,
) => ({
  member_id: project,
  image_id: image.id,
  status,
  created_at: toIsoSecondsZ(created),
  updated_at: toIsoSecondsZ(updated),
  schema: "/v2/schemas/member",
});

export const imageMembersView = (
  image: Image,
  members: readonly (readonly [project: string, Membership])[],
) => ({
  members: members.map(([project, member]) => imageMemberView(image, project, member)),
  schema: "/v2/schemas/members",
});

export const importInfoView = () => ({
  "import-methods": {
    description: "Import methods available.",
    type: "array",
    value: importMethods,
  },
});
