import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { isRecord } from "../../http/validation.ts";
import type { Membership } from "../model/image.ts";
import { changeImage } from "../repositories/image-access.ts";
import { assertShared, duplicateMember } from "./find-member.ts";
import { imageMemberView } from "./views.ts";

export const addImageMember = operation({
  id: "image/add-image-member",
  service: "image",
  route: "POST /v2/images/{image_id}/members",
  access: { rule: "add_member", role: "member" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: {},
  async run(call, environment) {
    const project = parseMember(call.body);
    const { now } = call;
    const member: Membership = { status: "pending", created: now, updated: now };
    const changedImage = await changeImage(
      environment.backend().records,
      call.path.image_id,
      call,
      (image) => {
        assertShared(image, "create");
        if (Object.hasOwn(image.members, project)) throw duplicateMember(image.id, project);
        return { ...image, members: { ...image.members, [project]: member } };
      },
    );
    return imageMemberView(changedImage, project, member);
  },
});

/** glance/api/v2/image_members.py RequestDeserializer.create; 255 is the column's width. */
function parseMember(body: unknown): string {
  if (body === undefined || body === null) throw badRequest("Body expected in request.");
  if (!isRecord(body)) throw badRequest('Expected a member in the form: {"member": "image_id"}');
  const { member } = body;
  if (member === undefined) throw badRequest("Member to be added not specified");
  if (typeof member !== "string" || member === "") throw badRequest("Member can't be empty");
  if (member.length > 255) throw badRequest("Member can't be longer than 255 characters");
  return member;
}
