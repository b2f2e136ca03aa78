import { notFound } from "../../core/fault.ts";
import { hostNames } from "../model/host-filters.ts";

export function getHostName(name: string): string {
  if (hostNames.includes(name)) return name;
  throw notFound("hypervisor", name, `Host '${name}' is not mapped to any cell`);
}
