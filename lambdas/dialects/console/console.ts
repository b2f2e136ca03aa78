import type { Answers } from "../../domain/answers.ts";
import { textOf } from "../../domain/console/screen.ts";
import { observe } from "../../domain/lifecycle.ts";
import type { Server } from "../../domain/server.ts";
import { statusOf } from "../../domain/status.ts";
import { type Dialect, neighbour, type Reply, type Spoken, speak, type Views } from "../dialect.ts";
import { refusals } from "../nova/refusals.ts";

/** What a browser gets at a console's address. */
export const console: Dialect = {
  name: "console",
  ...neighbour,
  credentials: () => null,
  lenientPaths: false,
  requestIds: [],
  views: {
    consolePage: (server, spoken) => html(200, server.name, page(server, spoken)),
    consoleExchange: ({ seen, bytes, session }) => ({
      status: bytes.length > 0 ? 200 : 204,
      headers: {
        "cache-control": "no-store",
        "x-console-seen": String(seen),
        ...(session !== null && { "x-console-session": session }),
      },
      ...(bytes.length > 0 && { body: bytes }),
    }),
    screenText: (screen) => snapshot("text/plain; charset=UTF-8", textOf(screen)),
    screenPicture: (png) => snapshot("image/png", png),
  } satisfies Views<
    Extract<keyof Answers, "consolePage" | "consoleExchange" | "screenText" | "screenPicture">
  >,
  refuse: (refusal, spoken) => {
    const { status, headers } = speak(refusals, refusal, spoken);
    const told = refusal.kind === "unauthenticated" ? expired : "This console cannot be opened.";
    const reply = html(status, "Console", `<p>${told}</p>`);
    const { "content-type": _, "www-authenticate": __, ...others } = headers ?? {};
    return { ...reply, headers: { ...others, ...reply.headers } };
  },
};

const expired = "This console address is not known, or its time has run out. Ask for a new one.";

function page({ id, name, motion }: Server, { now }: Spoken): string {
  const seen = observe(motion, now);
  const task = seen.task === null ? "" : `, ${seen.task}`;
  return `<h1>${escaped(name)}</h1><p>${statusOf(seen)}${task}</p><p>${escaped(id)}</p>`;
}

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

/** The token stands in the address: it is kept from caches, other sites and scripts. */
const html = (status: number, title: string, body: string): Reply => ({
  status,
  headers: {
    "content-type": "text/html; charset=UTF-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
  },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>body{font:16px monospace;background:#111;color:#ddd;margin:2em}</style>${body}</html>`,
});

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
