import { retryAfterSeconds } from "../../../core/fault.ts";
import type { HttpResponse, RefusalViews } from "../../../http/dialect.ts";
import { invalidText } from "../../../http/middleware-refusals.ts";
import { overQuotaText } from "../nova/refusals.ts";

/** Members in the document's order: message, code, details (S3-39). */
const flexcloudFault = (
  name: string,
  code: number,
  message: string,
  headers: HttpResponse["headers"] = {},
): HttpResponse => ({ status: code, headers, body: { [name]: { message, code, details: "" } } });

/** WebOb's HTTPUnauthorized as plain text (S3-36, S3-37). */
const unauthorizedText = [
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

export const flexcloudRefusals: RefusalViews = {
  unauthenticated: () => ({
    status: 401,
    headers: {
      "content-type": "text/plain; charset=UTF-8",
      "www-authenticate": 'Basic realm="FlexCloud"',
    },
    body: unauthorizedText,
  }),
  forbidden: () => flexcloudFault("forbidden", 403, "forbidden"),
  "forbidden-account": () => flexcloudFault("forbidden", 403, "forbidden"),
  "wrong-project": () => flexcloudFault("forbidden", 403, "forbidden"),
  "no-such-route": () => flexcloudFault("itemNotFound", 404, "Resource not found"),
  withdrawn: () => flexcloudFault("itemNotFound", 404, "Resource not found"),
  "not-in-version": () => flexcloudFault("itemNotFound", 404, "Resource not found"),
  "wrong-method": ({ allowed }) =>
    flexcloudFault("badMethod", 405, "Action not supported", { allow: allowed.join(", ") }),
  "bad-version": ({ requested: requestedVersion }) =>
    flexcloudFault("badRequest", 400, `No such version: ${requestedVersion}`),
  "version-out-of-range": ({ requested: requestedVersion }) =>
    flexcloudFault("badRequest", 400, `No such version: ${requestedVersion}`),
  "too-large": () => flexcloudFault("overLimit", 413, "Request is too large"),
  "unsupported-media": () => flexcloudFault("badMediaType", 415, "Unsupported Content-Type"),
  malformed: ({ reason }) => flexcloudFault("badRequest", 400, reason),
  invalid: (refusal) => flexcloudFault("badRequest", 400, invalidText(refusal)),
  "no-such-action": ({ action }) =>
    flexcloudFault("badRequest", 400, `There is no such action: ${action}`),
  "no-such": () => flexcloudFault("itemNotFound", 404, "Resource not found"),
  taken: ({ id }) => flexcloudFault("conflictingRequest", 409, `There is a ${id} already`),
  "wrong-state": ({ verb, attribute, state }) =>
    flexcloudFault("conflictingRequest", 409, conflictText(verb, attribute, state)),
  "never-launched": () =>
    flexcloudFault("conflictingRequest", 409, "Other status change in progress: ERROR"),
  "not-ready": () =>
    flexcloudFault("conflictingRequest", 409, "Other status change in progress: BUILD"),
  "over-quota": ({ shortages }) => flexcloudFault("forbidden", 403, overQuotaText(shortages)),
  conflict: ({ reason }) => flexcloudFault("conflictingRequest", 409, reason),
  denied: ({ reason }) => flexcloudFault("forbidden", 403, reason),
  raced: () => flexcloudFault("conflictingRequest", 409, "Other status change in progress"),
  unavailable: () =>
    flexcloudFault("serviceUnavailable", 503, "Service is unavailable at this time.", {
      "retry-after": String(retryAfterSeconds),
    }),
  broken: () => flexcloudFault("computeFault", 500, "Internal error"),
};
