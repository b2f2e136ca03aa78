import { refusals } from "../../compute/dialects/nova/refusals.ts";
import type { Refusal } from "../../core/fault.ts";
import {
  type Dialect,
  neighbour,
  type Reply,
  type Speeches,
  speak,
  type Views,
} from "../../http/dialect.ts";
import type { Answers } from "../../http/responses.ts";
import { screenToText } from "../model/screen.ts";
import { page, refusalPage } from "./page.ts";

/** What a browser gets at a console's address. */
export const console: Dialect = {
  name: "console",
  ...neighbour,
  credentials: () => null,
  lenientPaths: false,
  requestIds: [],
  views: {
    consolePage: page,
    consoleFile: ({ bytes, type, isGzip }) => ({
      status: 200,
      headers: {
        "content-type": type,
        "cache-control": "public, max-age=31536000, immutable",
        vary: "accept-encoding",
        "x-content-type-options": "nosniff",
        ...(isGzip && { "content-encoding": "gzip" }),
      },
      body: bytes,
    }),
    consoleExchange: ({ seen, bytes, session }) => ({
      status: bytes.length > 0 ? 200 : 204,
      headers: {
        "cache-control": "no-store",
        "x-console-seen": String(seen),
        ...(session !== null && { "x-console-session": session }),
      },
      ...(bytes.length > 0 && { body: bytes }),
    }),
    screenText: (screen) => snapshot("text/plain; charset=UTF-8", screenToText(screen)),
    screenPicture: (png) => snapshot("image/png", png),
  } satisfies Views<
    Extract<
      keyof Answers,
      "consolePage" | "consoleFile" | "consoleExchange" | "screenText" | "screenPicture"
    >
  >,
  refuse: (refusal, spoken) => {
    const { status, headers } = speak(speeches, refusal, spoken);
    const reply = refusalPage(status, words[refusal.kind] ?? "This console cannot be opened.");
    const { "content-type": _, "www-authenticate": __, ...others } = headers ?? {};
    return { ...reply, headers: { ...others, ...reply.headers } };
  },
};

const speeches: Speeches = {
  ...refusals,
  "wrong-method": ({ allowed }) => ({ status: 405, headers: { allow: allowed.join(", ") } }),
  // 409 tells a viewer that there are too many; this is worth another try (infra/pages/exchange.ts)
  raced: (_, spoken) => refusals.unavailable({ kind: "unavailable" }, spoken),
};

const words: Partial<Record<Refusal["kind"], string>> = {
  unauthenticated: "This console address is not known, or its time has run out. Ask for a new one.",
  "no-such-route": "There is no such page.",
  "wrong-method": "A page is only to be got.",
};

/** Of an instant: nobody is to keep it for another. */
const snapshot = (type: string, body: string | Uint8Array): Reply => ({
  status: 200,
  headers: {
    "content-type": type,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  },
  body,
});
