import { retryAfterSeconds } from "../../core/fault.ts";
import type { HttpResponse, RefusalViews, RequestContext } from "../../http/dialect.ts";
import { unauthenticated } from "../../http/middleware-refusals.ts";

const statusTitles = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Request Entity Too Large",
  415: "Unsupported Media Type",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;

const htmlEscapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => htmlEscapes[char] ?? "");

/** WebOb's WSGIHTTPException.generate_response. */
const wantsJson = ({ accept }: RequestContext): boolean =>
  /application\/(json|\*)/.test(accept) && !/text\/(html|\*)|\*\/\*/.test(accept);

/** WebOb's error page; clients strip its tags. */
function glanceFault(
  status: keyof typeof statusTitles,
  explanation: string,
  context: RequestContext,
  headers: HttpResponse["headers"] = {},
): HttpResponse {
  const code = `${status} ${statusTitles[status]}`;
  const after = "<br /><br />\n\n\n";
  if (wantsJson(context))
    return {
      status,
      headers: { "content-type": "application/json; charset=UTF-8", ...headers },
      body: { message: `${explanation}${after}`, code, title: statusTitles[status] },
    };
  return {
    status,
    headers: { "content-type": "text/html; charset=UTF-8", ...headers },
    body: `<html>
 <head>
  <title>${code}</title>
 </head>
 <body>
  <h1>${code}</h1>
  ${escapeHtml(explanation)}${after}
 </body>
</html>`,
  };
}

const notFoundSentence = "The resource could not be found.";

const glanceNotFound = (_: unknown, context: RequestContext): HttpResponse =>
  glanceFault(404, notFoundSentence, context);

const withReason =
  (status: keyof typeof statusTitles) =>
  ({ reason }: { readonly reason: string }, context: RequestContext): HttpResponse =>
    glanceFault(status, reason, context);

const imageConflict = (_: unknown, context: RequestContext): HttpResponse =>
  glanceFault(409, "The image changed while it was being acted on. Try again.", context);

export const glanceRefusals: RefusalViews = {
  unauthenticated,
  // glance/common/exception.py:108
  forbidden: ({ rule }, context) =>
    glanceFault(403, `You are not authorized to complete ${rule} action.`, context),
  "forbidden-account": (_, context) =>
    glanceFault(403, "Access was denied to this resource.", context),
  "wrong-project": glanceNotFound,
  "no-such-route": glanceNotFound,
  withdrawn: glanceNotFound,
  "not-in-version": glanceNotFound,
  "no-such-action": glanceNotFound,
  "bad-version": glanceNotFound,
  "version-out-of-range": glanceNotFound,
  // glance/common/wsgi.py RejectMethodController
  "wrong-method": ({ allowed }, context) =>
    glanceFault(405, "The method specified is not allowed for this resource.", context, {
      allow: allowed.join(", "),
    }),
  "too-large": ({ limit }, context) =>
    glanceFault(
      413,
      `Request is too large. Larger than max_request_body_size (${limit}).`,
      context,
    ),
  "unsupported-media": (_, context) =>
    glanceFault(415, "The request media type is not supported by this server.", context),
  malformed: withReason(400),
  // glance/common/exception.py InvalidObject, without jsonschema's location
  invalid: ({ reason }, context) =>
    glanceFault(400, `Provided object does not match schema 'image': ${reason}`, context),
  "no-such": ({ what, id }, context) =>
    glanceFault(404, what === "image" ? `No image found with ID ${id}` : notFoundSentence, context),
  taken: ({ id }, context) => glanceFault(409, `Image ID ${id} already exists!`, context),
  conflict: withReason(409),
  denied: withReason(403),
  "wrong-state": imageConflict,
  "never-launched": imageConflict,
  "not-ready": imageConflict,
  "over-quota": (_, context) => glanceFault(413, "Image exceeds the storage quota", context),
  raced: imageConflict,
  unavailable: (_, context) =>
    glanceFault(
      503,
      "The server is currently unavailable. Please try again at a later time.",
      context,
      {
        "retry-after": String(retryAfterSeconds),
      },
    ),
  broken: (_, context) =>
    glanceFault(
      500,
      "The server has either erred or is incapable of performing the requested operation.",
      context,
    ),
};
