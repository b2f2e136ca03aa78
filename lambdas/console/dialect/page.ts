import type { HttpResponse, RequestContext } from "../../http/dialect.ts";
import type { ConsolePage, PageKind } from "../model/page.ts";

const assetsPath = "/console/assets";

/** The URL path that the page shows instead of its token. */
const pagePaths: Record<PageKind, string> = {
  vnc: "/console/vnc_auto.html",
  serial: "/console/serial.html",
};

const buttonHtml = (id: string, text: string, title: string) =>
  `<button type="button" id="${id}" title="${title}">${text}</button>`;

const vncButtonsHtml = `${buttonHtml("cad", "Ctrl+Alt+Del", "Send Ctrl+Alt+Delete to the server")}
<span id="power" hidden>${buttonHtml("shutdown", "Shut down", "Shut the server down")}
${buttonHtml("reboot", "Reboot", "Reboot the server")}
${buttonHtml("reset", "Reset", "Reset the server, as its button would")}</span>`;

const buttonsHtml = `${buttonHtml("paste", "Paste", "Type a text")}
${buttonHtml("copy", "Copy", "Copy the text of the screen")}
${buttonHtml("keyboard", "Keyboard", "Show the keyboard of a phone")}
${buttonHtml("full", "Full screen", "Use the whole screen, or not")}`;

/** The static page; its script is in infra/pages. */
export function consolePageView(
  { kind, server, files, channel, frameAncestors }: ConsolePage,
  context: RequestContext,
): HttpResponse {
  const title = escapeHtmlNumeric(server?.name ?? "Console");
  const { origin } = context;
  return htmlResponse(
    200,
    `<title>${title}</title>
<link rel="stylesheet" href="${assetsPath}/${files.style}">
<script type="module" src="${assetsPath}/${files.script}"></script>`,
    `<body data-kind="${kind}" data-channel="${channel}" data-home="${pagePaths[kind]}">
<header>
<h1 id="name">${title}</h1><span id="server">${escapeHtmlNumeric(server?.id ?? "")}</span>
<p id="status" role="status" aria-live="polite">Connecting…</p>
<fieldset id="buttons" role="toolbar" aria-label="Console" disabled>${kind === "vnc" ? vncButtonsHtml : ""}
${buttonsHtml}</fieldset>
</header>
<div id="stage">
<main id="screen" aria-label="The server's screen"></main>
<section id="message" role="alert" hidden><p id="told"></p>${buttonHtml("again", "Reconnect", "Try again")}</section>
</div>
<noscript><p>This console needs JavaScript.</p></noscript>
<textarea id="keyboard-field" aria-label="Typed to the server" autocapitalize="off" autocomplete="off" autocorrect="off" spellcheck="false" tabindex="-1"></textarea>
<dialog id="dialog"><form method="dialog"><label id="field-label" for="field"></label>
<textarea id="field" spellcheck="false"></textarea>
<div><button value="">Cancel</button><button id="field-done" value="done">Done</button></div></form></dialog>
<footer>A simulated guest, shown by <a href="${assetsPath}/${files.licence}" target="_blank" rel="noopener">${kind === "vnc" ? "noVNC" : "xterm.js"}</a></footer>
</body>`,
    [
      "script-src 'self'",
      // xterm.js sets inline styles
      `style-src 'self'${kind === "serial" ? " 'unsafe-inline'" : ""}`,
      // not every browser includes WebSockets in 'self'
      `connect-src 'self'${channel === "websocket" ? ` ${origin.replace(/^http/, "ws")}` : ""}`,
      "img-src data: blob:",
      `frame-ancestors ${frameAncestors}`,
    ],
  );
}

export const refusalPage = (status: number, text: string): HttpResponse =>
  htmlResponse(
    status,
    `<title>Console</title>
<style>body{margin:0;min-height:100vh;display:grid;place-items:center;background:#16181c;color:#e6e8eb;font:18px/1.5 system-ui,sans-serif;text-align:center}p{max-width:32rem;padding:1.5rem}</style>`,
    `<body><main><p>${escapeHtmlNumeric(text)}</p></main></body>`,
    ["style-src 'unsafe-inline'", "img-src data:", "frame-ancestors 'self'"],
  );

/** The headers keep the token in the URL from caches, referrers and foreign scripts. */
const htmlResponse = (
  status: number,
  head: string,
  body: string,
  policy: readonly string[],
): HttpResponse => ({
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

const escapeHtmlNumeric = (text: string) =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
