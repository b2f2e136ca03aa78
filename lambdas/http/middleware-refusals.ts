import type { Refusal } from "../core/fault.ts";
import { str } from "../core/python-json.ts";
import type { HttpResponse, RequestContext } from "./dialect.ts";

/** keystonemiddleware's 401: all services but Keystone answer it before they run. */
export const unauthenticated = (_: unknown, { origin }: RequestContext): HttpResponse => ({
  status: 401,
  headers: { "www-authenticate": `Keystone uri="${origin}/identity"` },
  body: {
    error: {
      code: 401,
      title: "Unauthorized",
      message: "The request you have made requires authentication.",
    },
  },
});

/** Formats a schema violation (nova/api/validation/validators.py:318). */
export function invalidText({
  part,
  field,
  value,
  reason,
}: Extract<Refusal, { kind: "invalid" }>): string {
  if (field === null) return reason;
  const place = part === "body" ? "field/attribute" : "query parameters";
  return `Invalid input for ${place} ${field}. Value: ${str(value)}. ${reason}`;
}
