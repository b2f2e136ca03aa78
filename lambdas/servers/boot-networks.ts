import { malformed } from "../domain/fault.ts";
import { defaultSecurityGroup, privateNetwork } from "../domain/network.ts";
import type { BootRequest } from "./boot-request.ts";

/** The security groups asked for, by name; the default one where none is. */
export function groupsOf(
  { security_groups = [{ name: defaultSecurityGroup }] }: BootRequest,
  project: string,
) {
  const names = [...new Set(security_groups.flatMap(({ name }) => (name ? [name.trim()] : [])))];
  const unknown = names.find((name) => name !== defaultSecurityGroup);
  if (unknown !== undefined)
    throw malformed(`Security group ${unknown} not found for project ${project}.`);
  return names;
}

/** The address asked for on the one network there is; null for any. */
export function networkOf({ networks: asked = [] }: BootRequest, most: number): string | null {
  // "auto" and "none" name no network
  const networks = typeof asked === "string" ? [] : asked;
  for (const { uuid, port } of networks) {
    if (port) throw malformed(`Port ${port} could not be found.`);
    if (uuid === undefined)
      throw malformed("Bad networks format: network uuid is not in proper format (None)");
    if (uuid !== privateNetwork.id) throw malformed(`Network ${uuid} could not be found.`);
  }
  const fixedIp = networks.find(({ fixed_ip }) => fixed_ip)?.fixed_ip ?? null;
  if (fixedIp && most > 1)
    throw malformed("Invalid fixed IP Address provided when multiple instances are requested.");
  return fixedIp as string | null;
}
