import { str } from "./python-json.ts";

/** How one service reads a boolean from text. */
export interface BooleanReader {
  readonly yes: readonly string[];
  readonly no: readonly string[];
  /** The value of a text in neither list. */
  readonly otherwise: boolean | "refuse";
  readonly normalize: (value: unknown) => string;
}

const lower = (value: unknown): string => str(value).toLowerCase();
const trimLower = (value: unknown): string => lower(value).trim();

const osloYes = ["1", "t", "true", "on", "y", "yes"];
const osloNo = ["0", "f", "false", "off", "n", "no"];

/** oslo_utils.strutils.bool_from_string. */
export const oslo: BooleanReader = {
  yes: osloYes,
  no: osloNo,
  otherwise: false,
  normalize: trimLower,
};

/** The same with strict=True. */
export const osloStrict: BooleanReader = { ...oslo, otherwise: "refuse" };

/** Members that Nova's `boolean` schema accepts (nova/api/validation/parameter_types.py). */
export const novaMember: BooleanReader = {
  yes: ["true", "1", "on", "yes"],
  no: ["false", "0", "off", "no"],
  otherwise: false,
  normalize: lower,
};

/** neutron_lib.api.converters.convert_to_boolean. */
export const neutron: BooleanReader = {
  yes: ["true", "1"],
  no: ["false", "0"],
  otherwise: "refuse",
  normalize: lower,
};

/** keystone/server/flask/common.py query_filter_is_true. */
export const keystoneQuery: BooleanReader = {
  yes: [],
  no: ["0", "false", "f", "no", "n", "off"],
  otherwise: true,
  normalize: lower,
};

/** Cinder's filters up to microversion 3.1 (cinder/volume/api.py). */
export const cinderBefore2: BooleanReader = {
  yes: [],
  no: ["False", "false", "FALSE"],
  otherwise: true,
  normalize: str,
};

/** Glance's filters. */
export const glance: BooleanReader = {
  yes: ["true"],
  no: ["false"],
  otherwise: "refuse",
  normalize: str,
};

/** The value; undefined for a text that the service refuses. */
export function readBoolean(reader: BooleanReader, value: unknown): boolean | undefined {
  const text = reader.normalize(value);
  if (reader.yes.includes(text)) return true;
  if (reader.no.includes(text)) return false;
  return reader.otherwise === "refuse" ? undefined : reader.otherwise;
}

/** False for a text that the service refuses. */
export const isTrue = (reader: BooleanReader, value: unknown): boolean =>
  readBoolean(reader, value) === true;
