import { type Refusal, type ResourceKind, retryAfterSeconds } from "../../core/fault.ts";
import {
  type Dialect,
  type HttpResponse,
  type RefusalViews,
  tokenServiceDefaults,
  type Views,
  viewRefusal,
} from "../../http/dialect.ts";
import { unauthenticated } from "../../http/middleware-refusals.ts";
import type { Responses } from "../../http/responses.ts";

type NetworkResponse = Extract<keyof Responses, "ok" | "created" | "deleted">;

export const neutron: Dialect = {
  name: "neutron",
  ...tokenServiceDefaults,
  requestIdHeaders: ["x-openstack-request-id"],
  views: {
    ok: (body) => ({ status: 200, body }),
    created: (body) => ({ status: 201, body }),
    deleted: () => ({ status: 204 }),
  } satisfies Views<NetworkResponse>,
  refuse: (refusal, context) => viewRefusal(neutronRefusals, refusal, context),
};

/** neutron/api/api_common.py and neutron_lib/exceptions. */
const neutronFault = (
  status: number,
  type: string,
  message: string,
  headers: HttpResponse["headers"] = {},
): HttpResponse => ({ status, headers, body: { NeutronError: { type, message, detail: "" } } });

/** neutron_lib/exceptions: `SecurityGroupNotFound`. */
const errorTypeNames: Partial<Record<ResourceKind, string>> = {
  floatingip: "FloatingIP",
  security_group: "SecurityGroup",
  security_group_rule: "SecurityGroupRule",
  "router-interface": "RouterInterface",
};

const neutronNotFoundTexts: Partial<Record<ResourceKind, (id: string) => string>> = {
  security_group: (id) => `Security group ${id} does not exist`,
  security_group_rule: (id) => `Security group rule ${id} does not exist`,
  "router-interface": (sentence) => sentence,
  floatingip: (id) => `Floating IP ${id} could not be found`,
};

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const neutronNotFound = (): HttpResponse =>
  neutronFault(404, "HTTPNotFound", "The resource could not be found.");

const neutronConflict = (message: string, type = "Conflict"): HttpResponse =>
  neutronFault(409, type, message);

const neutronRefusals: RefusalViews = {
  unauthenticated,
  forbidden: ({ rule }) =>
    neutronFault(403, "PolicyNotAuthorized", `rule:${rule} is disallowed by policy`),
  "forbidden-account": () => neutronFault(403, "NotAuthorized", "Not authorized."),
  "wrong-project": neutronNotFound,
  "no-such-route": neutronNotFound,
  withdrawn: neutronNotFound,
  "not-in-version": neutronNotFound,
  "wrong-method": neutronNotFound,
  "bad-version": neutronNotFound,
  "version-out-of-range": neutronNotFound,
  "too-large": ({ limit }) =>
    neutronFault(413, "HTTPRequestEntityTooLarge", `Request is too large. Larger than ${limit}.`),
  "unsupported-media": () =>
    neutronFault(415, "HTTPUnsupportedMediaType", "Unsupported Content-Type"),
  malformed: ({ reason, type = "HTTPBadRequest" }) => neutronFault(400, type, reason),
  invalid: (refusal) => neutronFault(400, "HTTPBadRequest", neutronInvalidText(refusal)),
  "no-such-action": neutronNotFound,
  "no-such": ({ what, id }) =>
    neutronFault(
      404,
      `${errorTypeNames[what] ?? capitalize(what)}NotFound`,
      neutronNotFoundTexts[what]?.(id) ?? `${capitalize(what)} ${id} could not be found.`,
    ),
  taken: ({ what, id }) => neutronConflict(`${capitalize(what)} ${id} already exists.`),
  conflict: ({ reason, type }) => neutronConflict(reason, type),
  denied: ({ reason, type = "NotAuthorized" }) => neutronFault(403, type, reason),
  "wrong-state": () => neutronConflict("The resource is in use.", "InUse"),
  "never-launched": () => neutronConflict("The resource is in use.", "InUse"),
  "not-ready": () => neutronConflict("The resource is in use.", "InUse"),
  "over-quota": ({ shortages }) =>
    neutronConflict(
      `Quota exceeded for resources: [${shortages.map(({ kind }) => `'${kind}'`).join(", ")}].`,
      "OverQuota",
    ),
  raced: () => neutronConflict("The resource changed while it was being acted on. Try again."),
  unavailable: () =>
    neutronFault(503, "ServiceUnavailable", "The service is currently unavailable.", {
      "retry-after": String(retryAfterSeconds),
    }),
  broken: () =>
    neutronFault(
      500,
      "HTTPInternalServerError",
      "Request Failed: internal server error while processing your request.",
    ),
};

const neutronInvalidText = ({ field, reason }: Extract<Refusal, { kind: "invalid" }>): string =>
  field === null ? reason : `Invalid input for ${field}. Reason: ${reason}.`;
