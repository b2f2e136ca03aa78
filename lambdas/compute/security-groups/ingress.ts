import { badRequest } from "../../core/fault.ts";
import { str } from "../../core/python-json.ts";
import { cidrFromText } from "../../network/model/cidr.ts";
import type { SecurityGroupRule } from "../../network/model/security-group.ts";

interface NovaRule {
  readonly group_id: string | null;
  readonly ip_protocol?: unknown;
  readonly from_port?: unknown;
  readonly to_port?: unknown;
  readonly cidr?: unknown;
}

type RuleRequest = Pick<
  SecurityGroupRule,
  | "direction"
  | "ethertype"
  | "protocol"
  | "port_range_min"
  | "port_range_max"
  | "remote_ip_prefix"
  | "remote_group_id"
>;

/** nova/network/security_group_api.py:109. */
export function toIngressRule({
  group_id,
  ip_protocol,
  from_port,
  to_port,
  cidr,
}: NovaRule): RuleRequest {
  const block = group_id === null ? parseCidr(cidr) : null;
  const protocol = isGiven(ip_protocol) ? str(ip_protocol) : null;
  const range = parsePortRange(protocol, from_port ?? null, to_port ?? null, group_id !== null);
  if (range === null && block !== null)
    throw badRequest("Not enough parameters to build a valid rule.");
  return {
    direction: "ingress",
    ethertype: block?.version === 6 ? "IPv6" : "IPv4",
    protocol: range === null ? null : (protocol?.toLowerCase() ?? null),
    port_range_min: toNeutronPort(range?.from),
    port_range_max: toNeutronPort(range?.to),
    remote_ip_prefix: block?.text ?? null,
    remote_group_id: group_id,
  };
}

const isGiven = (value: unknown): boolean =>
  ![undefined, null, "", 0, false].includes(value as null);

const toNeutronPort = (port = -1): number | null => (port === -1 ? null : port);

function parseCidr(cidr: unknown): { text: string; version: 4 | 6 } {
  const text = isGiven(cidr) ? str(cidr) : "0.0.0.0/0";
  const block = cidrFromText(text);
  if (!block) throw badRequest(`${text} is not a valid IP network.`);
  return { text, version: block.version };
}

interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** null for a rule without a protocol; a group rule without ports opens all. */
function parsePortRange(
  protocol: string | null,
  from: unknown,
  to: unknown,
  isGroupRule: boolean,
): PortRange | null {
  const name = protocol?.toUpperCase() ?? "";
  if (isGroupRule && from === null && to === null) {
    if (name === "ICMP") return { from: -1, to: -1 };
    if (name === "TCP" || name === "UDP") return { from: 1, to: 65_535 };
  }
  if (protocol === null || from === null || to === null) return null;
  const range = { from: parsePort(from, name), to: parsePort(to, name) };
  assertPortRange(protocol, range);
  return range;
}

function parsePort(value: unknown, protocol: string): number {
  const isText = typeof value === "string" && value.trim() !== "";
  const number = isText || typeof value === "number" ? Number(value) : Number.NaN;
  if (Number.isFinite(number)) return Math.trunc(number);
  const message =
    protocol === "ICMP" ? "Type and Code must be integers for ICMP protocol type" : null;
  throw badRequest(`Invalid input received: ${message ?? "To and From ports must be integers"}`);
}

function assertPortRange(protocol: string, { from, to }: PortRange): void {
  const name = protocol.toUpperCase();
  const invalidRange = (why: string) => badRequest(`Invalid port range ${from}:${to}. ${why}`);
  if (name === "ICMP") {
    if (Math.min(from, to) < -1 || Math.max(from, to) > 255)
      throw invalidRange("For ICMP, the type:code must be valid");
    // Neutron requires a type for a code
    if (from === -1 && to !== -1)
      throw badRequest(
        `ICMP code (port-range-max) ${to} is provided but ICMP type (port-range-min) is missing.`,
      );
    return;
  }
  if (name !== "TCP" && name !== "UDP") throw badRequest(`Invalid IP protocol ${protocol}.`);
  if (from > to) throw invalidRange("Former value cannot be greater than the later");
  if (from < 1 || to > 65_535) throw invalidRange(`Valid ${name} ports should be between 1-65535`);
}
