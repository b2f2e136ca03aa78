import { type IncomingMessage, request } from "node:http";

export interface RawAnswer {
  readonly status: number;
  /** As in the status line: "HTTP/1.1 200 OK". */
  readonly line: string;
  /** Each header as it came, one that came twice twice; names in lower case. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  /** The value of a header that came once; undefined for any other. */
  header(name: string): string | undefined;
  readonly text: string;
}

interface RawAsked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks what fetch cannot: by another Host, with CONNECT, or down to the header lines of the answer. */
export function raw(
  at: string,
  method: string,
  path: string,
  { headers = {}, body }: RawAsked = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(at);
    const answered = (response: IncomingMessage) => read(response).then(resolve, reject);
    // node says no length of what comes with a GET
    const sized = { ...(body !== undefined && { "content-length": Buffer.byteLength(body) }) };
    request({
      host: hostname,
      port,
      method,
      path,
      agent: false,
      headers: { ...sized, ...headers },
    })
      .on("response", answered)
      .on("connect", (response, socket) => {
        socket.destroy();
        answered(response);
      })
      .on("error", reject)
      .end(body);
  });
}

async function read(response: IncomingMessage): Promise<RawAnswer> {
  const { statusCode = 0, statusMessage = "", httpVersion, rawHeaders } = response;
  const headers = rawHeaders.flatMap((name, i) =>
    i % 2 === 0 ? [[name.toLowerCase(), rawHeaders[i + 1] ?? ""] as const] : [],
  );
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return {
    status: statusCode,
    line: `HTTP/${httpVersion} ${statusCode} ${statusMessage}`,
    headers,
    header(name) {
      const values = headers.filter(([one]) => one === name);
      return values.length === 1 ? values[0]?.[1] : undefined;
    },
    text,
  };
}
