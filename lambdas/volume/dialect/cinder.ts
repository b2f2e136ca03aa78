import { type ResourceKind, retryAfterSeconds } from "../../core/fault.ts";
import {
  type Dialect,
  type HttpResponse,
  type RefusalViews,
  tokenServiceDefaults,
  type Views,
  viewRefusal,
} from "../../http/dialect.ts";
import { invalidText, unauthenticated } from "../../http/middleware-refusals.ts";
import type { Responses } from "../../http/responses.ts";
import { negotiate, versionHeaders } from "./microversion.ts";

type VolumeResponse = Extract<
  keyof Responses,
  "ok" | "acceptedDocument" | "accepted" | "noContent" | "deleted" | "multipleChoices"
>;

const cinderJsonHeaders = { "content-type": "application/json" };

export const cinder: Dialect = {
  name: "cinder",
  ...tokenServiceDefaults,
  unknownMembers: "refused",
  hasLenientPaths: false,
  negotiate,
  versionHeaders,
  // applies to administrators too (cinder/api/openstack/wsgi.py:897)
  checkAccess: ({ project_id: requestedProject }, { project }) =>
    requestedProject === undefined || requestedProject === project?.id
      ? null
      : { kind: "wrong-project", requested: requestedProject, own: project?.id ?? "None" },
  requestIdHeaders: ["x-compute-request-id", "x-openstack-request-id"],
  views: {
    ok: (body) => ({ status: 200, body }),
    acceptedDocument: (body) => ({ status: 202, body }),
    accepted: () => ({ status: 202, headers: cinderJsonHeaders }),
    noContent: () => ({ status: 200, headers: cinderJsonHeaders }),
    deleted: () => ({ status: 204 }),
    multipleChoices: (body) => ({ status: 300, body }),
  } satisfies Views<VolumeResponse>,
  refuse: (refusal, context) => viewRefusal(cinderRefusals, refusal, context),
};

/** cinder/api/openstack/wsgi.py:1310. */
const cinderFault = (
  name: string,
  code: number,
  message: string,
  headers: HttpResponse["headers"] = {},
): HttpResponse => ({ status: code, headers, body: { [name]: { code, message } } });

/** cinder/exception.py. */
const cinderNotFoundTexts: Partial<Record<ResourceKind, (id: string) => string>> = {
  volume: (id) => `Volume ${id} could not be found.`,
  snapshot: (id) => `Snapshot ${id} could not be found.`,
  volume_type: (id) => `Volume type ${id} could not be found.`,
  "volume-part": (sentence) => sentence,
  image: (id) => `Image ${id} could not be found.`,
};

const cinderNotFound = (): HttpResponse =>
  cinderFault("itemNotFound", 404, "The resource could not be found.");

const cinderConflict = (reason: string): HttpResponse =>
  cinderFault("conflictingRequest", 409, reason);

const cinderRefusals: RefusalViews = {
  unauthenticated,
  forbidden: ({ rule }) =>
    cinderFault("forbidden", 403, `Policy doesn't allow ${rule} to be performed.`),
  "forbidden-account": () => cinderFault("forbidden", 403, "Not authorized."),
  "wrong-project": () => cinderFault("badRequest", 400, "Malformed request url"),
  "no-such-route": cinderNotFound,
  withdrawn: cinderNotFound,
  "not-in-version": cinderNotFound,
  "wrong-method": cinderNotFound,
  "bad-version": ({ requested: requestedVersion }) =>
    cinderFault(
      "badRequest",
      400,
      `API Version String ${requestedVersion} is of invalid format. Must be of format MajorNum.MinorNum.`,
    ),
  "version-out-of-range": ({ requested: requestedVersion, minimum, maximum }) =>
    cinderFault(
      "computeFault",
      406,
      `Version ${requestedVersion} is not supported by the API. Minimum is ${minimum} and maximum is ${maximum}.`,
    ),
  "too-large": ({ limit }) =>
    cinderFault("overLimit", 413, `Request is too large. Larger than ${limit}.`),
  "unsupported-media": () => cinderFault("badMediaType", 415, "Unsupported Content-Type"),
  malformed: ({ reason }) => cinderFault("badRequest", 400, reason),
  invalid: (refusal) => cinderFault("badRequest", 400, invalidText(refusal)),
  "no-such-action": ({ action }) =>
    cinderFault("badRequest", 400, `There is no such action: ${action}`),
  "no-such": ({ what, id, reason }) =>
    cinderFault(
      "itemNotFound",
      404,
      reason ?? cinderNotFoundTexts[what]?.(id) ?? `${what} ${id} could not be found.`,
    ),
  taken: ({ what, id }) => cinderConflict(`${what} ${id} already exists.`),
  conflict: ({ reason }) => cinderConflict(reason),
  // an exceeded quota is 413 (cinder/exception.py:614)
  denied: ({ reason, type }) =>
    type === "overLimit"
      ? {
          status: 413,
          headers: { "retry-after": "0" },
          body: { overLimit: { code: 413, message: reason, retryAfter: "0" } },
        }
      : cinderFault("forbidden", 403, reason),
  "wrong-state": () => cinderConflict("The volume is in use."),
  "not-ready": () => cinderConflict("The volume is in use."),
  "never-launched": () => cinderConflict("The volume is in use."),
  "over-quota": () => cinderFault("overLimit", 413, "Quota exceeded."),
  raced: () => cinderConflict("The resource changed while it was being acted on. Try again."),
  unavailable: () =>
    cinderFault("serviceUnavailable", 503, "Service is unavailable at this time.", {
      "retry-after": String(retryAfterSeconds),
    }),
  broken: () =>
    cinderFault(
      "computeFault",
      500,
      "The server has either erred or is incapable of performing the requested operation.",
    ),
};
