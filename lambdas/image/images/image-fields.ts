import { badRequest, Fault } from "../../core/fault.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import type { Image, Visibility } from "../model/image.ts";
import { accessDenied } from "../repositories/image-access.ts";

/** Setters by Glance's names; values have passed the schema. */
const fieldSetters: Readonly<Record<string, (image: Image, value: unknown) => Image>> = {
  name: (image, value) => ({ ...image, name: textOrNull(value) }),
  visibility: (image, value) => ({ ...image, visibility: value as Visibility }),
  protected: (image, value) => ({ ...image, protected: value === true }),
  os_hidden: (image, value) => ({ ...image, hidden: value === true }),
  owner: (image, value) => ({ ...image, owner: textOrNull(value) }),
  container_format: (image, value) => ({
    ...assertQueued(image, "container_format"),
    containerFormat: textOrNull(value),
  }),
  disk_format: (image, value) => ({
    ...assertQueued(image, "disk_format"),
    diskFormat: textOrNull(value),
  }),
  tags: (image, value) => ({ ...image, tags: [...new Set(value as string[])].sort() }),
  min_ram: (image, value) => ({ ...image, minRam: parseNatural("min_ram", value) }),
  min_disk: (image, value) => ({ ...image, minDisk: parseNatural("min_disk", value) }),
};

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** glance/domain/__init__.py:191. */
function assertQueued(image: Image, name: string): Image {
  if (image.status === "queued") return image;
  throw accessDenied(`Attribute ${name} can be only replaced for a queued image.`);
}

function parseNatural(name: string, value: unknown): number {
  const count = Number(value);
  if (count < 0)
    throw badRequest(
      `Invalid value '${count}' for parameter '${name}': Cannot be a negative value`,
    );
  // 32-bit column
  if (count > 0x7fff_ffff)
    throw badRequest(`Invalid value '${count}' for parameter '${name}': Value is too large`);
  return count;
}

export const isSettable = (name: string): boolean => Object.hasOwn(fieldSetters, name);

/** Sets a Glance member or a custom property. Throws `malformed`, `denied`, `forbidden`. */
export function withField(image: Image, name: string, value: unknown, caller: Caller): Image {
  if (name === "visibility" && value === "public" && !hasRole(caller, "admin"))
    throw new Fault({ kind: "forbidden", rule: "publicize_image" });
  const set = isSettable(name) ? fieldSetters[name] : undefined;
  return set
    ? set(image, value)
    : { ...image, properties: { ...image.properties, [name]: String(value) } };
}

export function withoutField(image: Image, name: string): Image {
  if (isSettable(name)) throw accessDenied(`Property ${name} may not be removed.`);
  if (!Object.hasOwn(image.properties, name)) throw propertyNotFound(name);
  const { [name]: _, ...properties } = image.properties;
  return { ...image, properties };
}

export const propertyNotFound = (name: string): Fault =>
  new Fault({ kind: "conflict", reason: `Property ${name} does not exist.` });
