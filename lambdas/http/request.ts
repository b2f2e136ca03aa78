import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { badRequest, Fault } from "../core/fault.ts";
import type { Dialect } from "./dialect.ts";
import type { Settings } from "./environment.ts";

/** Bytes: oslo.middleware's max_request_body_size (E-30). */
export const maxBodyBytes = 114_688;

/** Levels of nested JSON. Python fails at about a thousand with a 500. */
const maxJsonDepth = 64;

/** Decodes the body: API Gateway sends text, or Base64 for other bytes. */
export function bodyBytes({ body = "", isBase64Encoded }: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}

/** Nova reads the body of these methods only (nova/api/openstack/wsgi.py). */
const methodsWithBody = new Set(["POST", "PUT", "PATCH"]);

/** Nova checks neither version nor body of a request without a route. */
export const isRouted = ({ routeKey }: APIGatewayProxyEventV2): boolean => routeKey !== "$default";

/** Parses the JSON body; undefined for an empty body. */
export function parseJsonBody(event: APIGatewayProxyEventV2, dialect: Dialect): unknown {
  const bytes = bodyBytes(event);
  if (bytes.length === 0 || !methodsWithBody.has(event.requestContext.http.method))
    return undefined;
  const contentType = (event.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  if (!dialect.contentTypes.test(contentType)) throw new Fault({ kind: "unsupported-media" });
  const json = parseJson(bytes);
  return dialect.toNovaBody?.(json) ?? json;
}

function parseJson(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (jsonDepth(text) <= maxJsonDepth) return JSON.parse(text);
  } catch {
    // includes text that is not UTF-8
  }
  throw badRequest("Malformed request body");
}

/** UTF-8 has no lone surrogates, so that they come from escapes only. */
const surrogateEscape = /\\u[dD][89a-fA-F]/;

/**
 * Refuses lone surrogates, which DynamoDB does not store. Called after the schema's checks, which may
 * refuse them in the service's words. Throws `malformed`.
 */
export function assertWellFormed(event: APIGatewayProxyEventV2, json: unknown): void {
  const { body = "", isBase64Encoded } = event;
  const text = isBase64Encoded ? bodyBytes(event).toString("latin1") : body;
  if (surrogateEscape.test(text) && !isWellFormed(json)) throw badRequest("Malformed request body");
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, member]) => key.isWellFormed() && isWellFormed(member));
}

/** Path parameters, without ".json" at the end of the last one. */
export function normalizeParameters({
  rawPath,
  pathParameters = {},
}: APIGatewayProxyEventV2): Readonly<Record<string, string | undefined>> {
  if (!rawPath.endsWith(".json")) return pathParameters;
  const normalized = Object.entries(pathParameters).map(([name, value]) => [
    name,
    value?.replace(/\.json$/, ""),
  ]);
  return Object.fromEntries(normalized);
}

/** The depth of nested brackets outside strings. Not an expression: those retry at every quote. */
function jsonDepth(text: string): number {
  let depth = 0;
  let maxDepth = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') isInString = !isInString;
    else if (isInString) {
      if (character === "\\") i++;
    } else if (character === "[" || character === "{") maxDepth = Math.max(maxDepth, ++depth);
    else if (character === "]" || character === "}") depth--;
  }
  return maxDepth;
}

/** `scheme://host[:port]` as the client sees it, from the proxy's or API Gateway's `Forwarded`. */
export function requestOrigin(
  { headers, requestContext }: APIGatewayProxyEventV2,
  settings: Settings,
): string {
  const forwarded =
    headers["x-forwarded-proto"] ?? /proto=(\w+)/i.exec(headers["forwarded"] ?? "")?.[1];
  const scheme = forwarded === "http" || forwarded === "https" ? forwarded : settings.scheme;
  const { host = "" } = headers;
  const origin = `${scheme}://${host}`;
  // 256.0.0.1 matches the pattern and is no host
  return /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host) && URL.canParse(origin)
    ? origin
    : `${scheme}://${requestContext.domainName}`;
}
