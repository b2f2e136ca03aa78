import { novaRefusals } from "../../compute/dialects/nova/refusals.ts";
import type { Refusal } from "../../core/fault.ts";
import {
  type Dialect,
  type HttpResponse,
  type RefusalViews,
  tokenServiceDefaults,
  type Views,
  viewRefusal,
} from "../../http/dialect.ts";
import type { Responses } from "../../http/responses.ts";
import { screenToText } from "../model/screen.ts";
import { consolePageView, refusalPage } from "./page.ts";

export const consoleDialect: Dialect = {
  name: "console",
  ...tokenServiceDefaults,
  credentials: () => null,
  hasLenientPaths: false,
  requestIdHeaders: [],
  views: {
    consolePage: consolePageView,
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
    consoleExchange: ({ shownVersion, bytes, session }) => ({
      status: bytes.length > 0 ? 200 : 204,
      headers: {
        "cache-control": "no-store",
        "x-console-seen": String(shownVersion),
        ...(session !== null && { "x-console-session": session }),
      },
      ...(bytes.length > 0 && { body: bytes }),
    }),
    screenText: (screen) => uncachedResponse("text/plain; charset=UTF-8", screenToText(screen)),
    screenPicture: (png) => uncachedResponse("image/png", png),
  } satisfies Views<
    Extract<
      keyof Responses,
      "consolePage" | "consoleFile" | "consoleExchange" | "screenText" | "screenPicture"
    >
  >,
  refuse: (refusal, context) => {
    const { status, headers } = viewRefusal(consoleRefusals, refusal, context);
    const pageResponse = refusalPage(
      status,
      refusalTexts[refusal.kind] ?? "This console cannot be opened.",
    );
    const { "content-type": _, "www-authenticate": __, ...others } = headers ?? {};
    return { ...pageResponse, headers: { ...others, ...pageResponse.headers } };
  },
};

const consoleRefusals: RefusalViews = {
  ...novaRefusals,
  "wrong-method": ({ allowed }) => ({ status: 405, headers: { allow: allowed.join(", ") } }),
  // retryable; a viewer reads 409 as "too many viewers" (infra/pages/exchange-client.ts)
  raced: (_, context) => novaRefusals.unavailable({ kind: "unavailable" }, context),
};

const refusalTexts: Partial<Record<Refusal["kind"], string>> = {
  unauthenticated: "This console address is not known, or its time has run out. Ask for a new one.",
  "no-such-route": "There is no such page.",
  "wrong-method": "A page is only to be got.",
};

/** A screen at one instant must not be cached. */
const uncachedResponse = (type: string, body: string | Uint8Array): HttpResponse => ({
  status: 200,
  headers: {
    "content-type": type,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  },
  body,
});
