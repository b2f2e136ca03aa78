import { randomUUID } from "node:crypto";

export const viewerMessages = {
  version: new TextEncoder().encode("RFB 003.008\n"),
  none: Uint8Array.of(1),
  shared: Uint8Array.of(1),
  encodings: (...numbers: readonly number[]) => {
    const view = new DataView(new ArrayBuffer(4 + 4 * numbers.length));
    view.setUint8(0, 2);
    view.setUint16(2, numbers.length);
    numbers.forEach((number, i) => {
      view.setInt32(4 + 4 * i, number);
    });
    return new Uint8Array(view.buffer);
  },
  update: (incremental: boolean) =>
    Uint8Array.of(3, incremental ? 1 : 0, 0, 0, 0, 0, 2, 128, 1, 128),
  continuous: Uint8Array.of(150, 1, 0, 0, 0, 0, 2, 128, 1, 128),
  /** Presses and releases each key; "\n" is Enter. */
  keys: (text: string) =>
    Uint8Array.from(
      [...text].flatMap((char) => {
        const symbol = char === "\n" ? [0xff, 0x0d] : [0, char.charCodeAt(0)];
        return [1, 0].flatMap((down) => [4, down, 0, 0, 0, 0, ...symbol]);
      }),
    ),
  power: (code: number) => Uint8Array.of(250, 0, 1, code),
} as const;

/** Numbers of the extensions that noVNC requests. */
export const encodingNumbers = { tight: 7, xvp: -309, continuous: -313 } as const;

export interface ExchangeResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
}

export interface ExchangeRequest {
  readonly number?: number | string;
  readonly seen?: number | string;
  readonly bytes?: Uint8Array;
  readonly credential?: string;
  readonly viewer?: string;
}

export async function postExchange(
  at: string,
  { number = 0, seen = 0, bytes = new Uint8Array(), credential = "", viewer = "" }: ExchangeRequest,
): Promise<ExchangeResponse> {
  const response = await fetch(`${at}/console/exchange`, {
    method: "POST",
    headers: {
      "content-type": "application/octet-stream",
      ...(credential && { authorization: `Bearer ${credential}` }),
      ...(viewer && { "x-console-viewer": viewer }),
      "x-console-message": String(number),
      "x-console-seen": String(seen),
    },
    body: bytes as Uint8Array<ArrayBuffer>,
  });
  const answer = new Uint8Array(await response.arrayBuffer());
  return {
    status: response.status,
    headers: response.headers,
    bytes: answer,
    text: new TextDecoder().decode(answer),
  };
}

export function exchangeViewer(at: string, token: string, viewer: string = randomUUID()) {
  let [credential, number, seen] = [token, 0, "0"];
  let last: ExchangeRequest = {};
  async function exchange(request: ExchangeRequest): Promise<ExchangeResponse> {
    last = { seen, credential, viewer, ...request };
    return repeatLast();
  }
  async function repeatLast(): Promise<ExchangeResponse> {
    const answer = await postExchange(at, last);
    credential = answer.headers.get("x-console-session") ?? credential;
    seen = answer.headers.get("x-console-seen") ?? seen;
    return answer;
  }
  return {
    say: (bytes: Uint8Array = new Uint8Array()) => exchange({ number: ++number, bytes }),
    poll: () => exchange({}),
    /** Repeats the last message, as after a lost response. */
    again: repeatLast,
    session: () => credential,
    /** Shakes hands and requests the full screen. */
    async open(...encodings: readonly number[]) {
      const answers: ExchangeResponse[] = [];
      for (const bytes of [
        new Uint8Array(),
        viewerMessages.version,
        viewerMessages.none,
        viewerMessages.shared,
      ])
        answers.push(await this.say(bytes));
      answers.push(await this.say(viewerMessages.encodings(...encodings)));
      answers.push(await this.say(viewerMessages.update(false)));
      return answers;
    },
  };
}
