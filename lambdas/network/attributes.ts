import { neutron, readBoolean } from "../core/booleans.ts";
import { badRequest } from "../core/fault.ts";
import { repr } from "../core/python-json.ts";
import { isUuid } from "../core/uuid.ts";
import { cidrFromText, formatCidr, formatIp, parseIp } from "./model/cidr.ts";

/** Normalizes; throws `malformed`. */
export type Parser<T> = (value: unknown, name: string) => T;

/** Row of a Neutron attribute map (neutron_lib/api/definitions). */
export interface Attribute<T> {
  readonly parse: Parser<T>;
  /** Attributes without default are required in a create request. */
  readonly default?: T;
  /** `allow_put: False`. */
  readonly createOnly?: true;
  readonly adminOnly?: true;
}

export type Attributes = Readonly<Record<string, Attribute<unknown>>>;

export type Parsed<A extends Attributes> = {
  readonly [Name in keyof A]: ReturnType<A[Name]["parse"]>;
};

export const invalid = (name: string, reason: string) =>
  badRequest(`Invalid input for ${name}. Reason: ${reason}.`, "HTTPBadRequest");

export const string =
  (maxLength = 255): Parser<string> =>
  (value, name) => {
    if (typeof value !== "string") throw invalid(name, `${repr(value)} is not a valid string`);
    if ([...value].length > maxLength)
      throw invalid(name, `${repr(value)} exceeds maximum length of ${maxLength}`);
    return value;
  };

export const boolean: Parser<boolean> = (value, name) => {
  const flag = readBoolean(neutron, value);
  if (flag === undefined) throw invalid(name, `${repr(value)} cannot be converted to boolean`);
  return flag;
};

export const integerIn =
  (min: number, max: number): Parser<number> =>
  (value, name) => {
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number))
      throw invalid(name, `${repr(value)} is not an integer`);
    if (number < min)
      throw invalid(name, `${repr(value)} is too small - must be at least '${min}'`);
    if (number > max)
      throw invalid(name, `${repr(value)} is too large - must be no larger than '${max}'`);
    return number;
  };

export const uuidString: Parser<string> = (value, name) => {
  if (typeof value !== "string" || !isUuid(value))
    throw invalid(name, `${repr(value)} is not a valid UUID`);
  return value.toLowerCase();
};

export const ipString: Parser<string> = (value, name) => {
  const ip = typeof value === "string" ? parseIp(value) : null;
  if (!ip) throw invalid(name, `${repr(value)} is not a valid IP address`);
  return formatIp(ip);
};

export const macString: Parser<string> = (value, name) => {
  if (typeof value !== "string" || !/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(value))
    throw invalid(name, `${repr(value)} is not a valid MAC address`);
  return value.toLowerCase();
};

/** Refuses a CIDR with host bits. */
export const cidrString: Parser<string> = (value, name) => {
  const block = typeof value === "string" ? cidrFromText(value) : null;
  if (!block) throw invalid(name, `${repr(value)} is not a valid IP subnet`);
  const canonical = formatCidr(block);
  const [address] = String(value).split("/");
  const start = parseIp(address ?? "");
  if (start?.value !== block.first)
    throw invalid(
      name,
      `${repr(value)} isn't a recognized IP subnet cidr, '${canonical}' is recommended`,
    );
  return canonical;
};

export const oneOf =
  <const Value extends string>(values: readonly Value[]): Parser<Value> =>
  (value, name) => {
    const found = values.find((one) => one === value);
    if (found === undefined) throw invalid(name, `${repr(value)} is not in ${repr(values)}`);
    return found;
  };

export const nullable =
  <T>(parse: Parser<T>): Parser<T | null> =>
  (value, name) =>
    value === null ? null : parse(value, name);

export const listOf =
  <T>(parse: Parser<T>): Parser<readonly T[]> =>
  (value, name) => {
    if (value === null) return [];
    if (!Array.isArray(value)) throw invalid(name, `${repr(value)} is not a list`);
    return value.map((item) => parse(item, name));
  };

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const dict: Parser<Readonly<Record<string, unknown>>> = (value, name) => {
  if (value === null) return {};
  if (!isObject(value)) throw invalid(name, `${repr(value)} is not a dictionary`);
  return value;
};

/** An object with exactly these members. */
export const dictOf =
  <A extends Readonly<Record<string, Parser<unknown>>>>(members: A) =>
  (value: unknown, name: string): { readonly [Name in keyof A]: ReturnType<A[Name]> } => {
    if (!isObject(value)) throw invalid(name, `${repr(value)} is not a dictionary`);
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(members, key));
    const missing = Object.keys(members).find((key) => !Object.hasOwn(value, key));
    if (unknown !== undefined || missing !== undefined)
      throw invalid(
        name,
        `Validation of dictionary's keys failed. Expected keys: ${repr(Object.keys(members))} Provided keys: ${repr(Object.keys(value))}`,
      );
    return Object.fromEntries(
      Object.entries(members).map(([key, parse]) => [key, parse(value[key], name)]),
    ) as { readonly [Name in keyof A]: ReturnType<A[Name]> };
  };

export const fixedIpRequest: Parser<{ subnet_id?: string; ip_address?: string }> = (
  value,
  name,
) => {
  if (!isObject(value)) throw invalid(name, `Invalid data format for fixed IP: '${repr(value)}'`);
  const { subnet_id, ip_address } = value;
  return {
    ...(subnet_id !== undefined && { subnet_id: uuidString(subnet_id, name) }),
    ...(ip_address !== undefined && { ip_address: ipString(ip_address, name) }),
  };
};

export const hostRoute = dictOf({ destination: cidrString, nexthop: ipString });

/** Absent differs from null. */
export const optional = <T>(attribute: Attribute<T | undefined>) => attribute;
