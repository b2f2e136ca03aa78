import RFB from "@novnc/novnc";
import "./console.css";
import * as frame from "./frame.ts";
import { keysFor, typedBetween } from "./keys.ts";
import { rfbChannel } from "./rfb-channel.ts";

const token = frame.takenToken();
const { channel: kind } = document.body.dataset;

/** A connection, and why it ended once it has. */
function linked(wasOpen: () => boolean) {
  if (kind === "websocket") {
    const { socket, why } = frame.socketTo(token);
    return { target: socket, why: () => why(wasOpen()) };
  }
  let ending: frame.Ending = "lost";
  const target = rfbChannel({
    url: "/console/exchange",
    token,
    ended: (status) => {
      ending = frame.endingOf(status, wasOpen());
    },
    stalled: (isStalled) => frame.say(isStalled ? "No answer, trying again…" : "Connected"),
  });
  const onSight = () => target.exchange.rest(document.hidden);
  onSight();
  document.addEventListener("visibilitychange", onSight);
  const why = async () => {
    document.removeEventListener("visibilitychange", onSight);
    return ending;
  };
  return { target, why };
}

function open() {
  let wasOpen = false;
  frame.say("Connecting…");
  const { target, why } = linked(() => wasOpen);
  const rfb = new RFB(frame.element("screen", "main"), target);
  rfb.scaleViewport = true;
  rfb.background = "transparent";
  rfb.addEventListener("connect", () => {
    wasOpen = true;
    frame.say("Connected");
    frame.show(true);
    rfb.focus();
  });
  rfb.addEventListener("capabilities", () => {
    frame.element("power", "span").hidden = !rfb.capabilities.power;
  });
  rfb.addEventListener("disconnect", async () => {
    const ending = await why();
    frame.tell(frame.endings[ending], frame.mayReturn(ending) ? open : undefined);
  });
  wire(rfb);
}

function wire(rfb: RFB) {
  const focus = () => rfb.focus();
  const type = (text: string) => {
    for (const key of keysFor(text)) rfb.sendKey(key, null);
  };
  frame.onPress("cad", () => rfb.sendCtrlAltDel(), focus);
  frame.onPress("shutdown", () => rfb.machineShutdown(), focus);
  frame.onPress("reboot", () => rfb.machineReboot(), focus);
  frame.onPress("reset", () => rfb.machineReset(), focus);
  frame.onPress("paste", () => frame.paste(type), focus);
  frame.onPress("copy", copy, focus);
  frame.onPress("full", frame.fullScreen, focus);
  raiseKeyboard(type);
}

/** The server knows the text of the screen; here it is a picture. */
async function copy() {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch("/console/screen.txt", { headers }).catch(() => null);
  if (answer?.ok) return frame.copy(await answer.text());
  frame.mention(
    answer?.status === 401
      ? "The address has run out: ask for a new one to copy"
      : "The text could not be had",
  );
}

/** What a field holds so that there is something to take away from. */
const filler = "_".repeat(64);

/** A phone shows its keyboard for a field alone: what is typed there goes on to the screen. */
function raiseKeyboard(type: (text: string) => void) {
  const field = frame.element("keyboard-field", "textarea");
  frame.element("keyboard", "button").onclick = () => {
    field.value = filler;
    field.focus();
  };
  field.oninput = () => {
    type(typedBetween(raised, field.value));
    raised = field.value;
    if (raised.length > 2 * filler.length || raised.length < filler.length / 2)
      raised = field.value = filler;
  };
  let raised = filler;
}

if (token === "") frame.tell(frame.endings.none);
else open();
