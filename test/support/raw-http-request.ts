import { type IncomingMessage, request } from "node:http";

export interface RawResponse {
  readonly status: number;
  /** Like "HTTP/1.1 200 OK". */
  readonly statusLine: string;
  /** Headers in order, duplicates included; names in lower case. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  header(name: string): string | undefined;
  readonly text: string;
}

interface RawRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends what fetch cannot: another Host, CONNECT; returns raw header lines. */
export function rawHttpRequest(
  origin: string,
  method: string,
  path: string,
  { headers = {}, body }: RawRequest = {},
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const onResponse = (response: IncomingMessage) => readResponse(response).then(resolve, reject);
    // Node sends no length for a GET body.
    const lengthHeader = {
      ...(body !== undefined && { "content-length": Buffer.byteLength(body) }),
    };
    request({
      host: hostname,
      port,
      method,
      path,
      agent: false,
      headers: { ...lengthHeader, ...headers },
    })
      .on("response", onResponse)
      .on("connect", (response, socket) => {
        socket.destroy();
        onResponse(response);
      })
      .on("error", reject)
      .end(body);
  });
}

async function readResponse(response: IncomingMessage): Promise<RawResponse> {
  const { statusCode = 0, statusMessage = "", httpVersion, rawHeaders } = response;
  const headers = rawHeaders.flatMap((name, i) =>
    i % 2 === 0 ? [[name.toLowerCase(), rawHeaders[i + 1] ?? ""] as const] : [],
  );
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return {
    status: statusCode,
    statusLine: `HTTP/${httpVersion} ${statusCode} ${statusMessage}`,
    headers,
    header(name) {
      const values = headers.filter(([one]) => one === name);
      return values.length === 1 ? values[0]?.[1] : undefined;
    },
    text,
  };
}
