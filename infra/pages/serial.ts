import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import "./console.css";
import { exchange } from "./exchange.ts";
import * as frame from "./frame.ts";

const token = frame.takenToken();
const { channel: kind } = document.body.dataset;

interface Link {
  send(text: string): void;
}

/** As many lines and columns as the guest has (lambdas/console/model/screen.ts). */
const terminal = new Terminal({
  cols: 80,
  rows: 24,
  fontFamily: "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  scrollback: 0,
  cursorBlink: true,
  theme: { background: "#000000", foreground: "#c8c8c8" },
});
const screen = frame.element("screen", "main");
terminal.open(screen);

/** As large as all its columns may be where they have to fit. */
function fit() {
  const { clientWidth: width, clientHeight: height } = screen;
  const size = Math.min(width / 80 / 0.61, height / 24 / 1.2);
  terminal.options.fontSize = Math.max(6, Math.min(26, Math.floor(size * 2) / 2));
}
new ResizeObserver(fit).observe(screen);

let link: Link | null = null;
terminal.onData((text) => link?.send(text));

function opened() {
  frame.say("Connected");
  frame.show(true);
  terminal.focus();
}

function ended(ending: frame.Ending) {
  link = null;
  frame.tell(frame.endings[ending], frame.mayReturn(ending) ? open : undefined);
}

function open() {
  frame.say("Connecting…");
  link = kind === "websocket" ? overSocket() : overExchange();
}

function overSocket(): Link {
  const { socket, why } = frame.socketTo(token);
  let wasOpen = false;
  socket.onmessage = ({ data }) => {
    if (!wasOpen) opened();
    wasOpen = true;
    terminal.write(String(data));
  };
  socket.onclose = async () => ended(await why(wasOpen));
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
  };
}

function overExchange(): Link {
  let wasOpen = false;
  const { send, rest } = exchange({
    url: "/console/exchange",
    token,
    received(bytes) {
      if (!wasOpen) opened();
      wasOpen = true;
      terminal.write(bytes);
    },
    ended: (status) => ended(frame.endingOf(status, wasOpen)),
    stalled: (isStalled) => frame.say(isStalled ? "No answer, trying again…" : "Connected"),
  });
  document.addEventListener("visibilitychange", () => rest(document.hidden));
  rest(document.hidden);
  const encoder = new TextEncoder();
  return { send: (text) => send(encoder.encode(text)) };
}

/** All that is on the screen, or what of it is selected. */
function screenText(): string {
  if (terminal.hasSelection()) return terminal.getSelection();
  const lines = Array.from({ length: terminal.rows }, (_, y) =>
    terminal.buffer.active.getLine(y)?.translateToString(true),
  );
  return lines.join("\n").trimEnd();
}

const focus = () => terminal.focus();
frame.onPress("paste", () => frame.paste((text) => terminal.paste(text)), focus);
frame.onPress("copy", () => frame.copy(screenText()), focus);
frame.onPress("keyboard", () => {}, focus);
frame.onPress("full", frame.fullScreen, focus);

if (token === "") frame.tell(frame.endings.none);
else open();
