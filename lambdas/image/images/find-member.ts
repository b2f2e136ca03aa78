import { Fault, notFound } from "../../core/fault.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Image, Membership } from "../model/image.ts";
import { isOwnedBy } from "../model/visibility.ts";
import { accessDenied } from "../repositories/image-access.ts";

export function assertShared(image: Image, verb: string): void {
  if (image.visibility !== "shared")
    throw accessDenied(
      `Not allowed to ${verb} members for image ${image.id}: Only shared images have members.`,
    );
}

/** The owner sees every member; a member sees itself. */
export function listVisibleMembers(image: Image, caller: Caller): [string, Membership][] {
  const project = caller.project?.id ?? "";
  const all = Object.entries(image.members);
  if (hasRole(caller, "admin") || isOwnedBy(image, project)) return all;
  return all.filter(([member]) => member === project);
}

export function getVisibleMember(image: Image, member: string, caller: Caller): Membership {
  const found = listVisibleMembers(image, caller).find(([project]) => project === member);
  if (!found) throw notFound("image_member", member);
  return found[1];
}

export const duplicateMember = (image: string, member: string): Fault =>
  new Fault({ kind: "conflict", reason: `Member ${member} is duplicated for image ${image}` });
