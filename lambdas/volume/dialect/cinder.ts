import { retryAfter, type Thing } from "../../core/fault.ts";
import {
  type Dialect,
  neighbour,
  type Reply,
  type Speeches,
  speak,
  type Views,
} from "../../http/dialect.ts";
import { invalidText, unauthenticated } from "../../http/middleware-refusals.ts";
import type { Answers } from "../../http/responses.ts";
import { negotiate, stamp } from "./microversion.ts";

type VolumeAnswer = Extract<
  keyof Answers,
  "document" | "begun" | "acted" | "accepted" | "done" | "deleted" | "choices"
>;

const json = { "content-type": "application/json" };

/** The Block Storage API v3. */
export const cinder: Dialect = {
  name: "cinder",
  ...neighbour,
  unknown: "refused",
  lenientPaths: false,
  negotiate,
  stamp,
  // cinder/api/openstack/wsgi.py:897, also for administrators
  objection: ({ project_id: asked }, { project }) =>
    asked === undefined || asked === project?.id
      ? null
      : { kind: "wrong-project", asked, own: project?.id ?? "None" },
  requestIds: ["x-compute-request-id", "x-openstack-request-id"],
  views: {
    document: (body) => ({ status: 200, body }),
    begun: (body) => ({ status: 202, body }),
    acted: ({ status, body }) => ({ status, ...(status !== 204 && { headers: json }), body }),
    accepted: () => ({ status: 202, headers: json }),
    done: () => ({ status: 200, headers: json }),
    deleted: () => ({ status: 204 }),
    choices: (body) => ({ status: 300, body }),
  } satisfies Views<VolumeAnswer>,
  refuse: (refusal, spoken) => speak(refusals, refusal, spoken),
};

/** cinder/api/openstack/wsgi.py:1310. */
const fault = (
  name: string,
  code: number,
  message: string,
  headers: Reply["headers"] = {},
): Reply => ({ status: code, headers, body: { [name]: { code, message } } });

/** cinder/exception.py. */
const missing: Partial<Record<Thing, (id: string) => string>> = {
  volume: (id) => `Volume ${id} could not be found.`,
  snapshot: (id) => `Snapshot ${id} could not be found.`,
  volume_type: (id) => `Volume type ${id} could not be found.`,
  "volume-part": (sentence) => sentence,
  image: (id) => `Image ${id} could not be found.`,
};

const notFound = (): Reply => fault("itemNotFound", 404, "The resource could not be found.");

const conflict = (reason: string): Reply => fault("conflictingRequest", 409, reason);

const refusals: Speeches = {
  unauthenticated,
  forbidden: ({ rule }) => fault("forbidden", 403, `Policy doesn't allow ${rule} to be performed.`),
  "forbidden-account": () => fault("forbidden", 403, "Not authorized."),
  "wrong-project": () => fault("badRequest", 400, "Malformed request url"),
  "no-such-route": notFound,
  withdrawn: notFound,
  "not-in-version": notFound,
  "wrong-method": notFound,
  "bad-version": ({ asked }) =>
    fault(
      "badRequest",
      400,
      `API Version String ${asked} is of invalid format. Must be of format MajorNum.MinorNum.`,
    ),
  "version-out-of-range": ({ asked, least, most }) =>
    fault(
      "computeFault",
      406,
      `Version ${asked} is not supported by the API. Minimum is ${least} and maximum is ${most}.`,
    ),
  "too-large": ({ limit }) =>
    fault("overLimit", 413, `Request is too large. Larger than ${limit}.`),
  "unsupported-media": () => fault("badMediaType", 415, "Unsupported Content-Type"),
  malformed: ({ reason }) => fault("badRequest", 400, reason),
  invalid: (refusal) => fault("badRequest", 400, invalidText(refusal)),
  "no-such-action": ({ action }) => fault("badRequest", 400, `There is no such action: ${action}`),
  "no-such": ({ what, id, reason }) =>
    fault(
      "itemNotFound",
      404,
      reason ?? missing[what]?.(id) ?? `${what} ${id} could not be found.`,
    ),
  taken: ({ what, id }) => conflict(`${what} ${id} already exists.`),
  conflict: ({ reason }) => conflict(reason),
  // a quota is 413 here (cinder/exception.py:614)
  denied: ({ reason, type }) =>
    type === "overLimit"
      ? {
          status: 413,
          headers: { "retry-after": "0" },
          body: { overLimit: { code: 413, message: reason, retryAfter: "0" } },
        }
      : fault("forbidden", 403, reason),
  "wrong-state": () => conflict("The volume is in use."),
  "not-ready": () => conflict("The volume is in use."),
  "never-launched": () => conflict("The volume is in use."),
  "over-quota": () => fault("overLimit", 413, "Quota exceeded."),
  raced: () => conflict("The volume changed while it was being acted on. Try again."),
  unavailable: () =>
    fault("serviceUnavailable", 503, "Service is unavailable at this time.", {
      "retry-after": String(retryAfter),
    }),
  broken: () =>
    fault(
      "computeFault",
      500,
      "The server has either erred or is incapable of performing the requested operation.",
    ),
};
