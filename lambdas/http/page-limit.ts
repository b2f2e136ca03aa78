import { badRequest, type Fault } from "../core/fault.ts";

/** Items: max_limit (nova/conf/api.py:219). */
export const maxPageSize = 1_000;

export const limitSchema = {
  type: "array",
  items: { type: ["integer", "string"], pattern: "^[0-9]*$", minimum: 0, minLength: 1 },
} as const;

/** The requested limit, at most `maxPageSize`. */
export const pageLimit = (text: string | null): number =>
  Math.min(Number(text ?? maxPageSize), maxPageSize);

/** nova/exception.py MarkerNotFound. */
export const markerNotFound = (marker: string): Fault =>
  badRequest(`Marker ${marker} could not be found.`);

/** Nova's words in lists that catch MarkerNotFound (nova/api/openstack/compute/flavors.py). */
export const unknownMarker = (marker: string): Fault => badRequest(`marker [${marker}] not found`);
