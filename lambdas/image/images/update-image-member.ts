import { badRequest, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { isRecord } from "../../http/validation.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import { type Image, type MemberStatus, memberStatuses } from "../model/image.ts";
import { accessDenied, getVisibleImage } from "../repositories/image-access.ts";
import { imagesIn } from "../repositories/images.ts";
import { getVisibleMember } from "./find-member.ts";
import { imageMemberView } from "./views.ts";

/** Only the member accepts or rejects (glance/api/v2/image_members.py update). */
export const updateImageMember = operation({
  id: "image/update-image-member",
  service: "image",
  route: "PUT /v2/images/{image_id}/members/{member_id}",
  access: { rule: "modify_member", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: {},
  async run(call, environment) {
    const { records } = environment.backend();
    const { image_id, member_id } = call.path;
    const { caller, now } = call;
    const status = parseMemberStatus(call.body);
    const visibleImage = await getVisibleImage(records, image_id, call);
    assertMember(visibleImage, member_id, caller);
    const updated = await imagesIn(records).change(visibleImage.id, (image) => {
      const member = getVisibleMember(image, member_id, caller);
      return {
        ...image,
        members: { ...image.members, [member_id]: { ...member, status, updated: now } },
      };
    });
    if (!updated) throw notFound("image", image_id);
    return imageMemberView(updated, member_id, getVisibleMember(updated, member_id, caller));
  },
});

function assertMember(image: Image, member: string, caller: Caller): void {
  const isMember = hasRole(caller, "admin") || caller.project?.id === member;
  if (image.visibility !== "shared" || !isMember)
    throw accessDenied(`Not allowed to update members for image ${image.id}.`);
  getVisibleMember(image, member, caller);
}

function parseMemberStatus(body: unknown): MemberStatus {
  if (body === undefined || body === null) throw badRequest("Body expected in request.");
  if (!isRecord(body)) throw badRequest('Expected a status in the form: {"status": "status"}');
  if (body["status"] === undefined) throw badRequest("Status not specified");
  const status = memberStatuses.find((one) => one === body["status"]);
  if (status) return status;
  throw badRequest('Incorrect request: Status must be "pending", "accepted" or "rejected".');
}
