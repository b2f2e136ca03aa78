import { retryAfter } from "../../core/fault.ts";
import type { Reply, Speeches, Spoken } from "../../http/dialect.ts";
import { unauthenticated } from "../../http/middleware-refusals.ts";

const titles = {
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

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => escapes[char] ?? "");

/** Whether JSON will do and no page (webob/exc.py WSGIHTTPException.generate_response). */
const wantsJson = ({ accept }: Spoken): boolean =>
  /application\/(json|\*)/.test(accept) && !/text\/(html|\*)|\*\/\*/.test(accept);

/** Glance's faults are WebOb's own pages, which its clients take the tags off. */
function fault(
  status: keyof typeof titles,
  explanation: string,
  spoken: Spoken,
  headers: Reply["headers"] = {},
): Reply {
  const code = `${status} ${titles[status]}`;
  const after = "<br /><br />\n\n\n";
  if (wantsJson(spoken))
    return {
      status,
      headers: { "content-type": "application/json; charset=UTF-8", ...headers },
      body: { message: `${explanation}${after}`, code, title: titles[status] },
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
  ${escaped(explanation)}${after}
 </body>
</html>`,
  };
}

const missing = "The resource could not be found.";

const noRoute = (_: unknown, spoken: Spoken): Reply => fault(404, missing, spoken);

const reasoned =
  (status: keyof typeof titles) =>
  ({ reason }: { readonly reason: string }, spoken: Spoken): Reply =>
    fault(status, reason, spoken);

const busy = (_: unknown, spoken: Spoken): Reply =>
  fault(409, "The image changed while it was being acted on. Try again.", spoken);

export const refusals: Speeches = {
  // keystonemiddleware answers this before Glance is asked
  unauthenticated,
  // glance/common/exception.py:108
  forbidden: ({ rule }, spoken) =>
    fault(403, `You are not authorized to complete ${rule} action.`, spoken),
  "forbidden-account": (_, spoken) => fault(403, "Access was denied to this resource.", spoken),
  "wrong-project": noRoute,
  "no-such-route": noRoute,
  withdrawn: noRoute,
  "not-in-version": noRoute,
  "no-such-action": noRoute,
  "bad-version": noRoute,
  "version-out-of-range": noRoute,
  // glance/common/wsgi.py RejectMethodController
  "wrong-method": ({ allowed }, spoken) =>
    fault(405, "The method specified is not allowed for this resource.", spoken, {
      allow: allowed.join(", "),
    }),
  "too-large": ({ limit }, spoken) =>
    fault(413, `Request is too large. Larger than max_request_body_size (${limit}).`, spoken),
  "unsupported-media": (_, spoken) =>
    fault(415, "The request media type is not supported by this server.", spoken),
  malformed: reasoned(400),
  // glance/common/exception.py InvalidObject; jsonschema goes on to say where
  invalid: ({ reason }, spoken) =>
    fault(400, `Provided object does not match schema 'image': ${reason}`, spoken),
  "no-such": ({ what, id }, spoken) =>
    fault(404, what === "image" ? `No image found with ID ${id}` : missing, spoken),
  taken: ({ id }, spoken) => fault(409, `Image ID ${id} already exists!`, spoken),
  conflict: reasoned(409),
  denied: reasoned(403),
  "wrong-state": busy,
  "never-launched": busy,
  "not-ready": busy,
  "over-quota": (_, spoken) => fault(413, "Image exceeds the storage quota", spoken),
  raced: busy,
  unavailable: (_, spoken) =>
    fault(503, "The server is currently unavailable. Please try again at a later time.", spoken, {
      "retry-after": String(retryAfter),
    }),
  broken: (_, spoken) =>
    fault(
      500,
      "The server has either erred or is incapable of performing the requested operation.",
      spoken,
    ),
};
