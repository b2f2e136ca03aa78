/** What both pages have around the screen: where they are, what they say, and their buttons. */

const [tokenKey, serverKey] = ["novaless-console-token", "novaless-console-server"];

/**
 * The token, out of the address and into what this tab alone remembers: a reload finds it there, and
 * neither the history nor who looks over a shoulder does.
 */
export function takenToken(): string {
  const query = new URLSearchParams(location.search);
  const inner = new URLSearchParams((query.get("path") ?? "").replace(/^\/?\?/, ""));
  const given = query.get("token") ?? inner.get("token") ?? "";
  if (given !== "") sessionStorage.setItem(tokenKey, given);
  remember();
  history.replaceState(null, "", document.body.dataset["home"] ?? location.pathname);
  return given || (sessionStorage.getItem(tokenKey) ?? "");
}

/** A page that is reloaded asks without a token, and so is not told its server's name. */
function remember(): void {
  const [name, id] = [element("name", "h1"), element("server", "span")];
  if (id.textContent) sessionStorage.setItem(serverKey, `${id.textContent} ${name.textContent}`);
  const [, knownId = "", known = "Console"] =
    /^(\S+) (.*)$/s.exec(sessionStorage.getItem(serverKey) ?? "") ?? [];
  id.textContent = knownId;
  name.textContent = document.title = known;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  id: string,
  name: Name,
): HTMLElementTagNameMap[Name] {
  const found = document.getElementById(id);
  if (!found?.matches(name)) throw new Error(`The page has no ${name} ${id}.`);
  return found as HTMLElementTagNameMap[Name];
}

export function say(status: string): void {
  element("status", "p").textContent = status;
}

/** For a moment, and then again what was said before. */
export function mention(text: string): void {
  const before = element("status", "p").textContent ?? "";
  say(text);
  setTimeout(() => {
    if (element("status", "p").textContent === text) say(before);
  }, 3_000);
}

/** Only a page that has a screen to show has buttons for it. */
export function show(isOpen: boolean): void {
  document.body.dataset["open"] = String(isOpen);
  element("buttons", "fieldset").disabled = !isOpen;
  if (isOpen) element("message", "section").hidden = true;
}

/** Says over the screen why there is none, and offers to try again where that may help. */
export function tell(text: string, again?: () => void): void {
  show(false);
  say("Not connected");
  element("told", "p").textContent = text;
  const button = element("again", "button");
  button.hidden = again === undefined;
  button.onclick = () => {
    element("message", "section").hidden = true;
    again?.();
  };
  element("message", "section").hidden = false;
  if (again) button.focus();
}

export const endings = {
  none: "This page has no console to show. Open the address that you were given once more.",
  unknown: "This console address is not known, or its time has run out. Ask for a new one.",
  closed: "This console has been closed: its server is gone, or access was taken back.",
  full: "This console has as many viewers as it may. Close another one, and try again.",
  lost: "The connection to this console is lost.",
} as const;

export type Ending = keyof typeof endings;

/** Whether another try may find what is not there now. */
export const mayReturn = (ending: Ending): boolean => ending === "full" || ending === "lost";

/** What a refusal means to who has been let in already, or has not. */
export function endingOf(status: number, wasOpen: boolean): Ending {
  if (status === 401) return wasOpen ? "closed" : "unknown";
  return status === 409 ? "full" : "lost";
}

/** A WebSocket, and why it was closed: it does not say, but the page, asked for once more, does. */
export function socketTo(token: string) {
  const scheme = location.protocol.replace("http", "ws");
  const query = `?token=${encodeURIComponent(token)}`;
  const socket = new WebSocket(`${scheme}//${location.host}/console${query}`);
  async function why(wasOpen: boolean): Promise<Ending> {
    try {
      const { status } = await fetch(`/console${query}`);
      // an address that is good, and yet nobody is let in
      return status === 200 && !wasOpen ? "full" : endingOf(status, wasOpen);
    } catch {
      return "lost";
    }
  }
  return { socket, why };
}

/** Wires a button; the screen has the keyboard again when it is done. */
export function onPress(id: string, press: () => void | Promise<void>, done: () => void): void {
  element(id, "button").onclick = async () => {
    await press();
    done();
  };
}

/** Characters that are pasted at once. */
const longestPaste = 4_000;

export async function paste(type: (text: string) => void): Promise<void> {
  const text = await navigator.clipboard?.readText().catch(() => null);
  const pasted = text ?? (await askedFor("Paste here what is to be typed", "", "Type it"));
  if (pasted.length > longestPaste) mention(`Only ${longestPaste} characters are typed at once`);
  type(pasted.slice(0, longestPaste));
}

export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    mention("Copied");
  } catch {
    await askedFor("The text of the screen", text, "Done");
  }
}

/** Where the browser keeps its clipboard to itself, a field does as well. */
function askedFor(label: string, value: string, done: string): Promise<string> {
  const dialog = element("dialog", "dialog");
  const field = element("field", "textarea");
  element("field-label", "label").textContent = label;
  element("field-done", "button").textContent = done;
  field.value = value;
  dialog.returnValue = "";
  dialog.showModal();
  field.select();
  return new Promise((answer) => {
    dialog.onclose = () => answer(dialog.returnValue === "done" ? field.value : "");
  });
}

export async function fullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen();
}
