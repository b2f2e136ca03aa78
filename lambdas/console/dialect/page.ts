import type { Reply, Spoken } from "../../http/dialect.ts";
import type { ConsolePage, PageKind } from "../model/page.ts";

const assets = "/console/assets";

/** Where a page is reloaded from, when its token has left the address. */
const homes: Record<PageKind, string> = {
  vnc: "/console/vnc_auto.html",
  serial: "/console/serial.html",
};

const button = (id: string, text: string, title: string) =>
  `<button type="button" id="${id}" title="${title}">${text}</button>`;

const vncButtons = `${button("cad", "Ctrl+Alt+Del", "Send Ctrl+Alt+Delete to the server")}
<span id="power" hidden>${button("shutdown", "Shut down", "Shut the server down")}
${button("reboot", "Reboot", "Reboot the server")}
${button("reset", "Reset", "Reset the server, as its button would")}</span>`;

const buttons = `${button("paste", "Paste", "Type a text")}
${button("copy", "Copy", "Copy the text of the screen")}
${button("keyboard", "Keyboard", "Show the keyboard of a phone")}
${button("full", "Full screen", "Use the whole screen, or not")}`;

/** The page itself: what moves is in its script (infra/pages). */
export function page(
  { kind, server, files, channel, frameAncestors }: ConsolePage,
  spoken: Spoken,
): Reply {
  const title = escaped(server?.name ?? "Console");
  const { origin } = spoken;
  return html(
    200,
    `<title>${title}</title>
<link rel="stylesheet" href="${assets}/${files.style}">
<script type="module" src="${assets}/${files.script}"></script>`,
    `<body data-kind="${kind}" data-channel="${channel}" data-home="${homes[kind]}">
<header>
<h1 id="name">${title}</h1><span id="server">${escaped(server?.id ?? "")}</span>
<p id="status" role="status" aria-live="polite">Connecting…</p>
<fieldset id="buttons" role="toolbar" aria-label="Console" disabled>${kind === "vnc" ? vncButtons : ""}
${buttons}</fieldset>
</header>
<div id="stage">
<main id="screen" aria-label="The server's screen"></main>
<section id="message" role="alert" hidden><p id="told"></p>${button("again", "Reconnect", "Try again")}</section>
</div>
<noscript><p>This console needs JavaScript.</p></noscript>
<textarea id="keyboard-field" aria-label="Typed to the server" autocapitalize="off" autocomplete="off" autocorrect="off" spellcheck="false" tabindex="-1"></textarea>
<dialog id="dialog"><form method="dialog"><label id="field-label" for="field"></label>
<textarea id="field" spellcheck="false"></textarea>
<div><button value="">Cancel</button><button id="field-done" value="done">Done</button></div></form></dialog>
<footer>A simulated guest, shown by <a href="${assets}/${files.licence}" target="_blank" rel="noopener">${kind === "vnc" ? "noVNC" : "xterm.js"}</a></footer>
</body>`,
    [
      "script-src 'self'",
      // xterm.js writes styles of its own
      `style-src 'self'${kind === "serial" ? " 'unsafe-inline'" : ""}`,
      // 'self' is no WebSocket to every browser
      `connect-src 'self'${channel === "websocket" ? ` ${origin.replace(/^http/, "ws")}` : ""}`,
      "img-src data: blob:",
      `frame-ancestors ${frameAncestors}`,
    ],
  );
}

/** A page that says why there is none, in the same look. */
export const refusalPage = (status: number, told: string): Reply =>
  html(
    status,
    `<title>Console</title>
<style>body{margin:0;min-height:100vh;display:grid;place-items:center;background:#16181c;color:#e6e8eb;font:18px/1.5 system-ui,sans-serif;text-align:center}p{max-width:32rem;padding:1.5rem}</style>`,
    `<body><main><p>${escaped(told)}</p></main></body>`,
    ["style-src 'unsafe-inline'", "img-src data:", "frame-ancestors 'self'"],
  );

/** The token stands in the address: it is kept from caches, other sites and whatever is not ours. */
const html = (status: number, head: string, body: string, policy: readonly string[]): Reply => ({
  status,
  headers: {
    "content-type": "text/html; charset=UTF-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "content-security-policy": [
      "default-src 'none'",
      ...policy,
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; "),
    "x-content-type-options": "nosniff",
  },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<link rel="icon" href="data:,">
${head}
</head>
${body}
</html>
`,
});

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
