import { badRequest } from "../../core/fault.ts";
import { uuidString } from "../attributes.ts";

/** Throws `malformed` if both ids are missing. */
export function parseInterfaceRequest({ port_id, subnet_id }: Readonly<Record<string, unknown>>) {
  if (port_id === undefined && subnet_id === undefined)
    throw badRequest("Either subnet_id or port_id must be specified", "BadRequest");
  return {
    port_id: port_id === undefined ? null : uuidString(port_id, "port_id"),
    subnet_id: subnet_id === undefined ? null : uuidString(subnet_id, "subnet_id"),
  };
}
