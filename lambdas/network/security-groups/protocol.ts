import { badRequest } from "../../core/fault.ts";
import { str } from "../../core/python-json.ts";
import { integerIn } from "../attributes.ts";

/** neutron_lib/constants.py IP_PROTOCOL_MAP. */
const names = [
  ...["ah", "dccp", "egp", "esp", "gre", "hopopt", "icmp", "igmp", "ip", "ipip", "ipv6-encap"],
  ...["ipv6-frag", "ipv6-icmp", "icmpv6", "ipv6-nonxt", "ipv6-opts", "ipv6-route", "ospf", "pgm"],
  ...["rsvp", "sctp", "tcp", "udp", "udplite", "vrrp"],
];

/** A name or a number; null for every protocol. */
export function protocol(value: unknown): string | null {
  if (value === null || value === "any") return null;
  const attributes = str(value).toLowerCase();
  if (names.includes(attributes) || (/^\d{1,3}$/.test(attributes) && Number(attributes) < 256))
    return attributes;
  throw badRequest(
    `Security group rule protocol ${str(value)} not supported. Only protocol values ${JSON.stringify(names)} and integer representations [0 to 255] are supported.`,
    "SecurityGroupRuleInvalidProtocol",
  );
}

export const portNumber = (value: unknown, name: string): number | null =>
  value === null || value === "" ? null : integerIn(-1, 65_535)(value, name);

interface PortRange {
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
}

const withoutPorts = new Set([null, "0", "ip"]);

/** neutron/db/securitygroups_db.py:598. */
export function assertPortRange({
  protocol,
  port_range_min: min,
  port_range_max: max,
}: PortRange): void {
  if (min === null && max === null) return;
  if (withoutPorts.has(protocol))
    throw badRequest(
      "Must also specify protocol if port range is given.",
      "SecurityGroupProtocolRequiredWithPorts",
    );
  if (/icmp|^1$|^58$/.test(protocol ?? "")) {
    if (max !== null && min === null)
      throw badRequest(
        `ICMP code (port-range-max) ${max} is provided but ICMP type (port-range-min) is missing.`,
        "SecurityGroupMissingIcmpType",
      );
    for (const [field, attr, value] of [
      ["port_range_min", "type", min],
      ["port_range_max", "code", max],
    ] as const)
      if (value !== null && (value < 0 || value > 255))
        throw badRequest(
          `Invalid value for ICMP ${attr} (${field}) ${value}. It must be 0 to 255.`,
          "SecurityGroupInvalidIcmpValue",
        );
    return;
  }
  if (min === null || max === null || min > max)
    throw badRequest(
      "For TCP/UDP protocols, port_range_min must be <= port_range_max",
      "SecurityGroupInvalidPortRange",
    );
  if (min < 1) throw badRequest(`Invalid value for port ${min}`, "SecurityGroupInvalidPortValue");
}
