import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import "./console.css";
import { openExchange } from "./exchange-client.ts";
import * as frame from "./page-shell.ts";

const token = frame.takeToken();
const { channel: channelKind } = document.body.dataset;

interface TextLink {
  send(text: string): void;
}

/** Lines and columns of the guest (lambdas/console/model/screen.ts). */
const terminal = new Terminal({
  cols: 80,
  rows: 24,
  fontFamily: "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  scrollback: 0,
  cursorBlink: true,
  theme: { background: "#000000", foreground: "#c8c8c8" },
});
const screen = frame.getElement("screen", "main");
terminal.open(screen);

/** The largest font with which all columns fit. */
function fitFont() {
  const { clientWidth: width, clientHeight: height } = screen;
  const size = Math.min(width / 80 / 0.61, height / 24 / 1.2);
  terminal.options.fontSize = Math.max(6, Math.min(26, Math.floor(size * 2) / 2));
}
new ResizeObserver(fitFont).observe(screen);

let link: TextLink | null = null;
terminal.onData((text) => link?.send(text));

function onOpened() {
  frame.showStatus("Connected");
  frame.setConnected(true);
  terminal.focus();
}

function onEnded(ending: frame.CloseReason) {
  link = null;
  frame.showMessage(frame.closeReasons[ending], frame.canRetry(ending) ? connect : undefined);
}

function connect() {
  frame.showStatus("Connecting…");
  link = channelKind === "websocket" ? connectSocket() : connectExchange();
}

function connectSocket(): TextLink {
  const { socket, why: findCloseReason } = frame.openSocket(token);
  let wasOpen = false;
  socket.onmessage = ({ data }) => {
    if (!wasOpen) onOpened();
    wasOpen = true;
    terminal.write(String(data));
  };
  socket.onclose = async () => onEnded(await findCloseReason(wasOpen));
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
  };
}

function connectExchange(): TextLink {
  let wasOpen = false;
  const { send, setIdle } = openExchange({
    url: "/console/exchange",
    token,
    onReceived(bytes) {
      if (!wasOpen) onOpened();
      wasOpen = true;
      terminal.write(bytes);
    },
    onEnded: (status) => onEnded(frame.closeReasonFor(status, wasOpen)),
    onStalled: (isStalled) =>
      frame.showStatus(isStalled ? "No answer, trying again…" : "Connected"),
  });
  document.addEventListener("visibilitychange", () => setIdle(document.hidden));
  setIdle(document.hidden);
  const encoder = new TextEncoder();
  return { send: (text) => send(encoder.encode(text)) };
}

/** The screen's text, or the selection. */
function screenText(): string {
  if (terminal.hasSelection()) return terminal.getSelection();
  const lines = Array.from({ length: terminal.rows }, (_, y) =>
    terminal.buffer.active.getLine(y)?.translateToString(true),
  );
  return lines.join("\n").trimEnd();
}

const focus = () => terminal.focus();
frame.bindButton("paste", () => frame.pasteInto((text) => terminal.paste(text)), focus);
frame.bindButton("copy", () => frame.copyText(screenText()), focus);
frame.bindButton("keyboard", () => {}, focus);
frame.bindButton("full", frame.fullScreen, focus);

if (token === "") frame.showMessage(frame.closeReasons.none);
else connect();
