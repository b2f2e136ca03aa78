import { request } from "node:http";
import type { CallOptions, TestResponse } from "./cloud.ts";

/** Sends any Host, a body with any method, and an unnormalized path, which `fetch` cannot. */
export function httpRequest(
  origin: string,
  method: string,
  path: string,
  { headers = {}, body }: Pick<CallOptions, "headers" | "body"> = {},
): Promise<TestResponse> {
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  const bytes = Buffer.from(isRaw ? body : body === undefined ? "" : JSON.stringify(body));
  const { hostname, port } = new URL(origin);
  return new Promise((done, failed) => {
    const outgoing = request(
      {
        ...{ hostname, port, method, path, agent: false },
        headers: {
          ...(bytes.length > 0 && { "content-type": "application/json" }),
          "content-length": bytes.length,
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          done({
            status: response.statusCode ?? 0,
            headers: new Headers(Object.entries(response.headers) as [string, string][]),
            text,
            get json() {
              return JSON.parse(text);
            },
          });
        });
      },
    );
    outgoing.on("error", failed);
    outgoing.end(bytes);
  });
}
