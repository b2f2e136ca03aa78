import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { badRequest, Fault } from "../core/fault.ts";
import type { Dialect } from "./dialect.ts";
import type { Settings } from "./environment.ts";

/** Bytes; oslo.middleware's max_request_body_size (E-30). */
export const maxBodyBytes = 114_688;

/** Levels of JSON; nothing in the API has ten. Python gives up at about a thousand, with a 500. */
const maxJsonDepth = 64;

/** The body's bytes as API Gateway hands them on: text, or Base64 of what is not. */
export function bodyBytes({ body = "", isBase64Encoded }: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}

/** Nova, which has no PATCH, looks at the body of no other (nova/api/openstack/wsgi.py _METHODS_WITH_BODY). */
const methodsWithBody = new Set(["POST", "PUT", "PATCH"]);

/** Of what does not route, Nova looks at neither the version nor the body. */
export const isRouted = ({ routeKey }: APIGatewayProxyEventV2): boolean => routeKey !== "$default";

/** The JSON a request brings; undefined where it brings nothing. */
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
    // neither is what is not UTF-8, or not JSON
  }
  throw badRequest("Malformed request body");
}

/** The path's parameters, where the ".json" at its end is none of the last one's. */
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

/** How deep brackets nest, those in strings aside. */
function jsonDepth(text: string): number {
  let depth = 0;
  let maxDepth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") maxDepth = Math.max(maxDepth, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return maxDepth;
}

/**
 * `scheme://host[:port]` as the client sees it. A proxy in front may have named its scheme; API
 * Gateway says the same in `Forwarded`.
 */
export function requestOrigin(
  { headers, requestContext }: APIGatewayProxyEventV2,
  settings: Settings,
): string {
  const forwarded =
    headers["x-forwarded-proto"] ?? /proto=(\w+)/i.exec(headers["forwarded"] ?? "")?.[1];
  const scheme = forwarded === "http" || forwarded === "https" ? forwarded : settings.scheme;
  const { host = "" } = headers;
  const origin = `${scheme}://${host}`;
  // what looks like a host may be none: 256.0.0.1
  return /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host) && URL.canParse(origin)
    ? origin
    : `${scheme}://${requestContext.domainName}`;
}
