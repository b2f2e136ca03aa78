import { type Refusal, retryAfter, type Thing } from "../../core/fault.ts";
import {
  type Dialect,
  neighbour,
  type Reply,
  type Speeches,
  speak,
  type Views,
} from "../../http/dialect.ts";
import { unauthenticated } from "../../http/middleware-refusals.ts";
import type { Answers } from "../../http/responses.ts";

type NetworkAnswer = Extract<keyof Answers, "document" | "created" | "deleted">;

/** The Network API v2.0. */
export const neutron: Dialect = {
  name: "neutron",
  ...neighbour,
  requestIds: ["x-openstack-request-id"],
  views: {
    document: (body) => ({ status: 200, body }),
    created: (body) => ({ status: 201, body }),
    deleted: () => ({ status: 204 }),
  } satisfies Views<NetworkAnswer>,
  refuse: (refusal, spoken) => speak(refusals, refusal, spoken),
};

/** neutron/api/api_common.py and neutron_lib's faults. */
const fault = (
  status: number,
  type: string,
  message: string,
  headers: Reply["headers"] = {},
): Reply => ({ status, headers, body: { NeutronError: { type, message, detail: "" } } });

/** As neutron_lib names what is not found: "SecurityGroupNotFound". */
const names: Partial<Record<Thing, string>> = {
  floatingip: "FloatingIP",
  security_group: "SecurityGroup",
  security_group_rule: "SecurityGroupRule",
  "router-interface": "RouterInterface",
};

const sentences: Partial<Record<Thing, (id: string) => string>> = {
  security_group: (id) => `Security group ${id} does not exist`,
  security_group_rule: (id) => `Security group rule ${id} does not exist`,
  "router-interface": (sentence) => sentence,
  floatingip: (id) => `Floating IP ${id} could not be found`,
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const notFound = (): Reply => fault(404, "HTTPNotFound", "The resource could not be found.");

const conflict = (message: string, type = "Conflict"): Reply => fault(409, type, message);

const refusals: Speeches = {
  unauthenticated,
  forbidden: ({ rule }) =>
    fault(403, "PolicyNotAuthorized", `rule:${rule} is disallowed by policy`),
  "forbidden-account": () => fault(403, "NotAuthorized", "Not authorized."),
  "wrong-project": notFound,
  "no-such-route": notFound,
  withdrawn: notFound,
  "not-in-version": notFound,
  "wrong-method": notFound,
  "bad-version": notFound,
  "version-out-of-range": notFound,
  "too-large": ({ limit }) =>
    fault(413, "HTTPRequestEntityTooLarge", `Request is too large. Larger than ${limit}.`),
  "unsupported-media": () => fault(415, "HTTPUnsupportedMediaType", "Unsupported Content-Type"),
  malformed: ({ reason, type = "HTTPBadRequest" }) => fault(400, type, reason),
  invalid: (refusal) => fault(400, "HTTPBadRequest", invalidText(refusal)),
  "no-such-action": notFound,
  "no-such": ({ what, id }) =>
    fault(
      404,
      `${names[what] ?? capital(what)}NotFound`,
      sentences[what]?.(id) ?? `${capital(what)} ${id} could not be found.`,
    ),
  taken: ({ what, id }) => conflict(`${capital(what)} ${id} already exists.`),
  conflict: ({ reason, type }) => conflict(reason, type),
  denied: ({ reason, type = "NotAuthorized" }) => fault(403, type, reason),
  "wrong-state": () => conflict("The resource is in use.", "InUse"),
  "never-launched": () => conflict("The resource is in use.", "InUse"),
  "not-ready": () => conflict("The resource is in use.", "InUse"),
  "over-quota": ({ shortages }) =>
    conflict(
      `Quota exceeded for resources: [${shortages.map(({ kind }) => `'${kind}'`).join(", ")}].`,
      "OverQuota",
    ),
  raced: () => conflict("The resource changed while it was being acted on. Try again."),
  unavailable: () =>
    fault(503, "ServiceUnavailable", "The service is currently unavailable.", {
      "retry-after": String(retryAfter),
    }),
  broken: () =>
    fault(
      500,
      "HTTPInternalServerError",
      "Request Failed: internal server error while processing your request.",
    ),
};

const invalidText = ({ field, reason }: Extract<Refusal, { kind: "invalid" }>): string =>
  field === null ? reason : `Invalid input for ${field}. Reason: ${reason}.`;
