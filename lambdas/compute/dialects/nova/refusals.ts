import { type ResourceKind, retryAfterSeconds } from "../../../core/fault.ts";
import type { HttpResponse, RefusalViews } from "../../../http/dialect.ts";
import { invalidText, unauthenticated } from "../../../http/middleware-refusals.ts";

/** nova/api/openstack/wsgi.py:879; the documents print `message` before `code` (E-42). */
export const novaFault = (
  name: string,
  code: number,
  message: string,
  headers: HttpResponse["headers"] = {},
): HttpResponse => ({
  status: code,
  headers: { "content-type": "application/json; charset=UTF-8", ...headers },
  body: { [name]: { message, code } },
});

const novaNotFoundTexts: Partial<Record<ResourceKind, (id: string, of: string) => string>> = {
  server: (id) => `Instance ${id} could not be found.`,
  // measured on Nova 26.2.2: os-start and os-stop find the server in another way
  "cell-mapping": (id) => `Instance ${id} has no mapping to a cell.`,
  "metadata-item": () => "Metadata item was not found",
  // a tag to find, and a tag to delete (nova/api/openstack/compute/server_tags.py)
  tag: (id, of) => `Server ${of} has no tag '${id}'`,
  "instance-tag": (id, of) => `Instance ${of} has no tag '${id}'`,
  "instance-action": (id) => `Action ${id} not found`,
  flavor: (id) => `Flavor ${id} could not be found.`,
  "server-group": (id) => `Instance group ${id} could not be found.`,
  service: (id) => `Service ${id} could not be found.`,
  hypervisor: (id) => `Hypervisor with ID '${id}' could not be found.`,
  aggregate: (id) => `Aggregate ${id} could not be found.`,
  image: () => "Image not found.",
  image_metadata: () => "Invalid metadata key",
  keypair: (id) => `Keypair ${id} not found`,
  token: () => "Token not found",
  console: () => "Token not found",
  security_group: (id) => `Security group ${id} not found.`,
  port: (id) => `Port id ${id} could not be found.`,
  attachment: (sentence) => sentence,
  volume: (id) => `Volume ${id} could not be found.`,
  snapshot: (id) => `Snapshot ${id} could not be found.`,
  network: (id) => `Network ${id} could not be found.`,
};

const novaNotFoundText = (what: ResourceKind, id: string, of = "") =>
  novaNotFoundTexts[what]?.(id, of) ?? `${what.replaceAll("_", " ")} ${id} could not be found.`;

/** WebOb's page for an unknown route, before any Nova controller (measured: 112 bytes). */
const noRouteResponse: HttpResponse = {
  status: 404,
  body: {
    message: "The resource could not be found.<br /><br />\n\n\n",
    code: "404 Not Found",
    title: "Not Found",
  },
};

export const novaRefusals: RefusalViews = {
  unauthenticated,
  forbidden: ({ rule }) =>
    novaFault("forbidden", 403, `Policy doesn't allow ${rule} to be performed.`),
  "forbidden-account": () => novaFault("forbidden", 403, "forbidden"),
  // S4-54
  "wrong-project": ({ requested, own }) =>
    novaFault(
      "badRequest",
      400,
      `Malformed request URL: URL's project_id '${requested}' doesn't match Context's project_id '${own}'`,
    ),
  "no-such-route": () => noRouteResponse,
  // webob's HTTPGone; Nova's table has no name for 410
  withdrawn: () =>
    novaFault(
      "computeFault",
      410,
      "This resource is no longer available.  No forwarding address is given.",
    ),
  // nova/api/openstack/wsgi.py:663
  "not-in-version": () => novaFault("itemNotFound", 404, "The resource could not be found."),
  // Nova's router has no 405 (E-29)
  "wrong-method": () => noRouteResponse,
  "bad-version": ({ requested }) =>
    novaFault(
      "badRequest",
      400,
      `API Version String ${requested} is of invalid format. Must be of format MajorNum.MinorNum.`,
    ),
  // Nova's table has no name for 406
  "version-out-of-range": ({ requested, minimum, maximum }) =>
    novaFault(
      "computeFault",
      406,
      `Version ${requested} is not supported by the API. Minimum is ${minimum} and maximum is ${maximum}.`,
    ),
  "too-large": ({ limit }) => ({
    status: 413,
    body: {
      message: `Request is too large. Larger than max_request_body_size (${limit}).<br /><br />\n\n\n`,
      code: "413 Request Entity Too Large",
      title: "Request Entity Too Large",
    },
  }),
  "unsupported-media": () => novaFault("badMediaType", 415, "Unsupported Content-Type"),
  malformed: ({ reason }) => novaFault("badRequest", 400, reason),
  invalid: (refusal) => novaFault("badRequest", 400, invalidText(refusal)),
  "no-such-action": ({ action }) =>
    novaFault("badRequest", 400, `There is no such action: ${action}`),
  "no-such": ({ what, id, parentId, reason }) =>
    novaFault("itemNotFound", 404, reason ?? novaNotFoundText(what, id, parentId)),
  taken: ({ what, id }) =>
    novaFault(
      "conflictingRequest",
      409,
      what === "keypair" ? `Key pair '${id}' already exists.` : `${what} ${id} already exists.`,
    ),
  conflict: ({ reason }) => novaFault("conflictingRequest", 409, reason),
  denied: ({ reason }) => novaFault("forbidden", 403, reason),
  "wrong-state": ({ id, verb, attribute, state }) =>
    novaFault(
      "conflictingRequest",
      409,
      `Cannot '${verb}' instance ${id} while it is in ${attribute} ${state}`,
    ),
  // nova/api/openstack/common.py:336
  "never-launched": ({ id, verb }) =>
    novaFault("conflictingRequest", 409, `Instance ${id} is in an invalid state for '${verb}'`),
  "not-ready": ({ id }) => novaFault("conflictingRequest", 409, `Instance ${id} is not ready`),
  "over-quota": ({ shortages }) => novaFault("forbidden", 403, overQuotaText(shortages)),
  raced: () =>
    novaFault(
      "conflictingRequest",
      409,
      "The resource changed while it was being acted on. Try again.",
    ),
  unavailable: () =>
    novaFault("serviceUnavailable", 503, "Service is unavailable at this time.", {
      "retry-after": String(retryAfterSeconds),
    }),
  broken: () =>
    novaFault(
      "computeFault",
      500,
      "Unexpected API Error. Please report this with the request id of this response.",
    ),
};

/** nova/exception.py:1383 TooManyInstances. */
export function overQuotaText(
  shortages: readonly { kind: string; requested: number | string; used: number; limit: number }[],
): string {
  const list = (of: (shortage: (typeof shortages)[number]) => unknown) =>
    shortages.map(of).join(", ");
  return `Quota exceeded for ${list(({ kind }) => kind)}: Requested ${list(({ requested }) => requested)}, but already used ${list(({ used }) => used)} of ${list(({ limit }) => limit)} ${list(({ kind }) => kind)}`;
}
