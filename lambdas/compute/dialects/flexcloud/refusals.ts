import { retryAfter } from "../../../core/fault.ts";
import type { Reply, Speeches } from "../../../http/dialect.ts";
import { invalidText } from "../../../http/middleware-refusals.ts";
import { overQuotaText } from "../nova/refusals.ts";

/** Message, code, details: and always in that order (S3-39). */
const fault = (
  name: string,
  code: number,
  message: string,
  headers: Reply["headers"] = {},
): Reply => ({ status: code, headers, body: { [name]: { message, code, details: "" } } });

/** WebOb's HTTPUnauthorized, in plain text (S3-36, S3-37). */
const unauthorized = [
  "401 Unauthorized",
  "",
  "This server could not verify that you are authorized to access the document you requested.  Either you supplied the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.",
  "",
].join("\n");

function conflictText(action: string, attribute: string, state: string): string {
  if (attribute === "vm_state") return `Not possible while the server is ${state}`;
  return /reboot/i.test(action) && state.startsWith("reboot")
    ? "Already rebooting"
    : `Other status change in progress: ${state}`;
}

export const refusals: Speeches = {
  unauthenticated: () => ({
    status: 401,
    headers: {
      "content-type": "text/plain; charset=UTF-8",
      "www-authenticate": 'Basic realm="FlexCloud"',
    },
    body: unauthorized,
  }),
  forbidden: () => fault("forbidden", 403, "forbidden"),
  "forbidden-account": () => fault("forbidden", 403, "forbidden"),
  "wrong-project": () => fault("forbidden", 403, "forbidden"),
  "no-such-route": () => fault("itemNotFound", 404, "Resource not found"),
  withdrawn: () => fault("itemNotFound", 404, "Resource not found"),
  "not-in-version": () => fault("itemNotFound", 404, "Resource not found"),
  "wrong-method": ({ allowed }) =>
    fault("badMethod", 405, "Action not supported", { allow: allowed.join(", ") }),
  "bad-version": ({ asked }) => fault("badRequest", 400, `No such version: ${asked}`),
  "version-out-of-range": ({ asked }) => fault("badRequest", 400, `No such version: ${asked}`),
  "too-large": () => fault("overLimit", 413, "Request is too large"),
  "unsupported-media": () => fault("badMediaType", 415, "Unsupported Content-Type"),
  malformed: ({ reason }) => fault("badRequest", 400, reason),
  invalid: (refusal) => fault("badRequest", 400, invalidText(refusal)),
  "no-such-action": ({ action }) => fault("badRequest", 400, `There is no such action: ${action}`),
  "no-such": () => fault("itemNotFound", 404, "Resource not found"),
  taken: ({ id }) => fault("conflictingRequest", 409, `There is a ${id} already`),
  // H-05, H-06
  "wrong-state": ({ verb, attribute, state }) =>
    fault("conflictingRequest", 409, conflictText(verb, attribute, state)),
  "never-launched": () =>
    fault("conflictingRequest", 409, "Other status change in progress: ERROR"),
  "not-ready": () => fault("conflictingRequest", 409, "Other status change in progress: BUILD"),
  "over-quota": ({ shortages }) => fault("forbidden", 403, overQuotaText(shortages)),
  conflict: ({ reason }) => fault("conflictingRequest", 409, reason),
  denied: ({ reason }) => fault("forbidden", 403, reason),
  raced: () => fault("conflictingRequest", 409, "Other status change in progress"),
  unavailable: () =>
    fault("serviceUnavailable", 503, "Service is unavailable at this time.", {
      "retry-after": String(retryAfter),
    }),
  broken: () => fault("computeFault", 500, "Internal error"),
};
