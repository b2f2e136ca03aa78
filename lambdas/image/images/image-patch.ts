import { badRequest } from "../../core/fault.ts";
import { str } from "../../core/python-json.ts";
import { isRecord, validate } from "../../http/validation.ts";
import { accessDenied } from "../repositories/image-access.ts";
import { disallowedFields, imageSchema, isReservedName, readOnlyFields } from "./image-schema.ts";

export interface ImageChange {
  readonly op: "add" | "replace" | "remove";
  readonly name: string;
  readonly value: unknown;
}

/** Content types of two JSON Patch drafts. */
export const patchTypes = [
  "application/openstack-images-v2.0-json-patch",
  "application/openstack-images-v2.1-json-patch",
] as const;

export type PatchType = (typeof patchTypes)[number];

/** Throws `malformed`, `denied`, `invalid` (glance/api/v2/images.py RequestDeserializer.update). */
export function parseImagePatch(body: unknown, type: PatchType): ImageChange[] {
  if (body === undefined || body === null) throw badRequest("Body expected in request.");
  if (!Array.isArray(body))
    throw badRequest("Request body must be a JSON array of operation objects.");
  return body.map((raw) => {
    if (!isRecord(raw)) throw badRequest("Operations must be JSON objects.");
    const op = type === patchTypes[0] ? parseLegacyOperation(raw) : parseOperation(raw);
    const pointer = type === patchTypes[0] ? raw[op] : raw["path"];
    if (typeof pointer !== "string")
      throw badRequest("Unable to find 'path' in JSON Schema change");
    const name = parsePointer(pointer);
    if (op !== "remove" && !Object.hasOwn(raw, "value"))
      throw badRequest(`Operation "${op}" requires a member named "value".`);
    const value = raw["value"];
    assertWritable(name);
    if (op !== "remove")
      validate(imageSchema, { [name]: value }, { part: "body", unknownMembers: "dropped" });
    return { op, name, value };
  });
}

const patchOperations = ["add", "replace", "remove"] as const;

function parseOperation({ op }: Readonly<Record<string, unknown>>): ImageChange["op"] {
  if (op === undefined) throw badRequest("Unable to find 'op' in JSON Schema change");
  const known = patchOperations.find((one) => one === op);
  if (known) return known;
  throw badRequest(
    `Invalid operation: \`${str(op)}\`. It must be one of the following: ${patchOperations.join(", ")}.`,
  );
}

/** The older draft names the operation by a member: `{"replace": "/name", …}`. */
function parseLegacyOperation(raw: Readonly<Record<string, unknown>>): ImageChange["op"] {
  const [op, ...more] = patchOperations.filter((one) => Object.hasOwn(raw, one));
  if (op && more.length === 0) return op;
  throw badRequest(
    'Operation objects must contain exactly one member named "add", "remove", or "replace".',
  );
}

/** Patches reach only top-level members. */
function parsePointer(pointer: string): string {
  if (!pointer.startsWith("/")) throw badRequest(`Pointer \`${pointer}\` does not start with "/".`);
  if (/\/\s*?\//.test(pointer.slice(1)))
    throw badRequest(`Pointer \`${pointer}\` contains adjacent "/".`);
  if (pointer.length > 1 && pointer.endsWith("/"))
    throw badRequest(`Pointer \`${pointer}\` end with "/".`);
  if (/~([^01]|$)/.test(pointer))
    throw badRequest(
      `Pointer \`${pointer}\` contains "~" not part of a recognized escape sequence.`,
    );
  const path = pointer
    .replace(/^\/+/, "")
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~").trim());
  const [name = ""] = path;
  if (name === "locations")
    throw accessDenied("It's not allowed to update locations if locations are invisible.");
  if (path.length !== 1)
    throw badRequest(`Invalid JSON pointer for this resource: '/${path.join("/")}'`);
  if (name.length > 255)
    throw badRequest("Custom property should not be greater than 255 characters.");
  return name;
}

function assertWritable(name: string): void {
  if (readOnlyFields.includes(name) || disallowedFields.includes(name))
    throw accessDenied(`Attribute '${name}' is read-only.`);
  if (isReservedName(name)) throw accessDenied(`Attribute '${name}' is reserved.`);
}
