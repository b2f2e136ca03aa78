import RFB from "@novnc/novnc";
import "./console.css";
import { keystrokesBetween, keysymsFor } from "./keys.ts";
import * as frame from "./page-shell.ts";
import { createRfbChannel } from "./rfb-channel.ts";

const token = frame.takeToken();
const { channel: channelKind } = document.body.dataset;

/** A connection, with its close reason once closed. */
function createChannel(wasOpen: () => boolean) {
  if (channelKind === "websocket") {
    const { socket, why: findCloseReason } = frame.openSocket(token);
    return { target: socket, why: () => findCloseReason(wasOpen()) };
  }
  let ending: frame.CloseReason = "lost";
  const target = createRfbChannel({
    url: "/console/exchange",
    token,
    onEnded: (status) => {
      ending = frame.closeReasonFor(status, wasOpen());
    },
    onStalled: (isStalled) =>
      frame.showStatus(isStalled ? "No answer, trying again…" : "Connected"),
  });
  const onVisibilityChange = () => target.exchange.setIdle(document.hidden);
  onVisibilityChange();
  document.addEventListener("visibilitychange", onVisibilityChange);
  const findCloseReason = async () => {
    document.removeEventListener("visibilitychange", onVisibilityChange);
    return ending;
  };
  return { target, why: findCloseReason };
}

function connect() {
  let wasOpen = false;
  frame.showStatus("Connecting…");
  const { target, why: findCloseReason } = createChannel(() => wasOpen);
  const rfb = new RFB(frame.getElement("screen", "main"), target);
  rfb.scaleViewport = true;
  rfb.background = "transparent";
  rfb.addEventListener("connect", () => {
    wasOpen = true;
    frame.showStatus("Connected");
    frame.setConnected(true);
    rfb.focus();
  });
  rfb.addEventListener("capabilities", () => {
    frame.getElement("power", "span").hidden = !rfb.capabilities.power;
  });
  rfb.addEventListener("disconnect", async () => {
    const ending = await findCloseReason();
    frame.showMessage(frame.closeReasons[ending], frame.canRetry(ending) ? connect : undefined);
  });
  bindControls(rfb);
}

function bindControls(rfb: RFB) {
  const focus = () => rfb.focus();
  const type = (text: string) => {
    for (const key of keysymsFor(text)) rfb.sendKey(key, null);
  };
  frame.bindButton("cad", () => rfb.sendCtrlAltDel(), focus);
  frame.bindButton("shutdown", () => rfb.machineShutdown(), focus);
  frame.bindButton("reboot", () => rfb.machineReboot(), focus);
  frame.bindButton("reset", () => rfb.machineReset(), focus);
  frame.bindButton("paste", () => frame.pasteInto(type), focus);
  frame.bindButton("copy", copyScreen, focus);
  frame.bindButton("full", frame.fullScreen, focus);
  raiseKeyboard(type);
}

/** The server has the screen's text; the page has pixels only. */
async function copyScreen() {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch("/console/screen.txt", { headers }).catch(() => null);
  if (response?.ok) return frame.copyText(await response.text());
  frame.flashStatus(
    response?.status === 401
      ? "The address has run out: ask for a new one to copy"
      : "The text could not be had",
  );
}

/** A field is never empty, so that Backspace changes it. */
const filler = "_".repeat(64);

/** A phone shows its keyboard for a text field only; typed text goes to the screen. */
function raiseKeyboard(type: (text: string) => void) {
  const field = frame.getElement("keyboard-field", "textarea");
  frame.getElement("keyboard", "button").onclick = () => {
    field.value = filler;
    field.focus();
  };
  field.oninput = () => {
    type(keystrokesBetween(raised, field.value));
    raised = field.value;
    if (raised.length > 2 * filler.length || raised.length < filler.length / 2)
      raised = field.value = filler;
  };
  let raised = filler;
}

if (token === "") frame.showMessage(frame.closeReasons.none);
else connect();
