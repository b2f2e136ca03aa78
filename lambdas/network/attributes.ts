import { badRequest } from "../core/fault.ts";
import { repr } from "../core/python-json.ts";
import { isUuid } from "../core/uuid.ts";
import { cidrFromText, formatCidr, formatIp, parseIp } from "./model/cidr.ts";

/** What may be said of one member of a resource, as in Neutron's attribute maps (neutron_lib/api/definitions). */
export interface Attribute<T> {
  /** What is meant by a value, or throws why nothing can be. */
  readonly reads: (value: unknown, name: string) => T;
  /** What it is where nothing is said; has to be said where this is missing. */
  readonly otherwise?: T;
  /** Said at create and never again. */
  readonly fixed?: true;
  /** For administrators to say. */
  readonly admin?: true;
}

export type Attributes = Readonly<Record<string, Attribute<unknown>>>;

/** What was said, and what is so where nothing was. */
export type Said<A extends Attributes> = {
  readonly [Name in keyof A]: ReturnType<A[Name]["reads"]>;
};

export const invalid = (name: string, reason: string) =>
  badRequest(`Invalid input for ${name}. Reason: ${reason}.`, "HTTPBadRequest");

type Reads<T> = Attribute<T>["reads"];

export const text =
  (longest = 255): Reads<string> =>
  (value, name) => {
    if (typeof value !== "string") throw invalid(name, `${repr(value)} is not a valid string`);
    if ([...value].length > longest)
      throw invalid(name, `${repr(value)} exceeds maximum length of ${longest}`);
    return value;
  };

/** What neutron_lib converts to a boolean. */
export const boolean: Reads<boolean> = (value, name) => {
  const said = String(value).toLowerCase();
  if (["true", "1"].includes(said)) return true;
  if (["false", "0"].includes(said)) return false;
  throw invalid(name, `${repr(value)} cannot be converted to boolean`);
};

export const whole =
  (least: number, most: number): Reads<number> =>
  (value, name) => {
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number))
      throw invalid(name, `${repr(value)} is not an integer`);
    if (number < least)
      throw invalid(name, `${repr(value)} is too small - must be at least '${least}'`);
    if (number > most)
      throw invalid(name, `${repr(value)} is too large - must be no larger than '${most}'`);
    return number;
  };

export const uuid: Reads<string> = (value, name) => {
  if (typeof value !== "string" || !isUuid(value))
    throw invalid(name, `${repr(value)} is not a valid UUID`);
  return value.toLowerCase();
};

export const address: Reads<string> = (value, name) => {
  const ip = typeof value === "string" ? parseIp(value) : null;
  if (!ip) throw invalid(name, `${repr(value)} is not a valid IP address`);
  return formatIp(ip);
};

export const mac: Reads<string> = (value, name) => {
  if (typeof value !== "string" || !/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(value))
    throw invalid(name, `${repr(value)} is not a valid MAC address`);
  return value.toLowerCase();
};

/** As its block is written, with no bit of a host in it. */
export const cidr: Reads<string> = (value, name) => {
  const block = typeof value === "string" ? cidrFromText(value) : null;
  if (!block) throw invalid(name, `${repr(value)} is not a valid IP subnet`);
  const proper = formatCidr(block);
  const [given] = String(value).split("/");
  const start = parseIp(given ?? "");
  if (start?.value !== block.first)
    throw invalid(
      name,
      `${repr(value)} isn't a recognized IP subnet cidr, '${proper}' is recommended`,
    );
  return proper;
};

export const oneOf =
  <const Value extends string>(values: readonly Value[]): Reads<Value> =>
  (value, name) => {
    const found = values.find((one) => one === value);
    if (found === undefined) throw invalid(name, `${repr(value)} is not in ${repr(values)}`);
    return found;
  };

export const nullable =
  <T>(reads: Reads<T>): Reads<T | null> =>
  (value, name) =>
    value === null ? null : reads(value, name);

export const listOf =
  <T>(reads: Reads<T>): Reads<readonly T[]> =>
  (value, name) => {
    if (value === null) return [];
    if (!Array.isArray(value)) throw invalid(name, `${repr(value)} is not a list`);
    return value.map((item) => reads(item, name));
  };

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const object: Reads<Readonly<Record<string, unknown>>> = (value, name) => {
  if (value === null) return {};
  if (!isObject(value)) throw invalid(name, `${repr(value)} is not a dictionary`);
  return value;
};

/** An object that has these members, all of them, and no others. */
export const shape =
  <A extends Readonly<Record<string, Reads<unknown>>>>(members: A) =>
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
      Object.entries(members).map(([key, reads]) => [key, reads(value[key], name)]),
    ) as { readonly [Name in keyof A]: ReturnType<A[Name]> };
  };

export const wantedIp: Reads<{ subnet_id?: string; ip_address?: string }> = (value, name) => {
  if (!isObject(value)) throw invalid(name, `Invalid data format for fixed IP: '${repr(value)}'`);
  const { subnet_id, ip_address } = value;
  return {
    ...(subnet_id !== undefined && { subnet_id: uuid(subnet_id, name) }),
    ...(ip_address !== undefined && { ip_address: address(ip_address, name) }),
  };
};

export const route = shape({ destination: cidr, nexthop: address });
