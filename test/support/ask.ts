import { request } from "node:http";
import type { Answered, Asked } from "./cloud.ts";

/**
 * Asks as it is told to: with the Host it is given, a body on any method, and a path that nobody
 * puts in order first. `fetch` will do none of these.
 */
export function ask(
  at: string,
  method: string,
  path: string,
  { headers = {}, body }: Pick<Asked, "headers" | "body"> = {},
): Promise<Answered> {
  const raw = typeof body === "string" || body instanceof Uint8Array;
  const bytes = Buffer.from(raw ? body : body === undefined ? "" : JSON.stringify(body));
  const { hostname, port } = new URL(at);
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
