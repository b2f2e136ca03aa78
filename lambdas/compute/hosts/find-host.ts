import { notFound } from "../../core/fault.ts";
import { hostNames } from "../model/host-filters.ts";

/** Returns the name of an existing compute host (nova/objects/host_mapping.py:108). */
export function getHostName(name: string): string {
  if (hostNames.includes(name)) return name;
  throw notFound("hypervisor", name, `Host '${name}' is not mapped to any cell`);
}
