/** What both pages have around the screen: where they are, what they say, and their buttons. */

const [tokenKey, serverKey] = ["novaless-console-token", "novaless-console-server"];

/**
 * The token, out of the address and into what this tab alone remembers: a reload finds it there, and
 * neither the history nor who looks over a shoulder does.
 */
export function takeToken(): string {
  const query = new URLSearchParams(location.search);
  const pathQuery = new URLSearchParams((query.get("path") ?? "").replace(/^\/?\?/, ""));
  const tokenInUrl = query.get("token") ?? pathQuery.get("token") ?? "";
  if (tokenInUrl !== "") sessionStorage.setItem(tokenKey, tokenInUrl);
  rememberServerName();
  history.replaceState(null, "", document.body.dataset["home"] ?? location.pathname);
  return tokenInUrl || (sessionStorage.getItem(tokenKey) ?? "");
}

/** A page that is reloaded asks without a token, and so is not told its server's name. */
function rememberServerName(): void {
  const [name, id] = [getElement("name", "h1"), getElement("server", "span")];
  if (id.textContent) sessionStorage.setItem(serverKey, `${id.textContent} ${name.textContent}`);
  const [, knownId = "", known = "Console"] =
    /^(\S+) (.*)$/s.exec(sessionStorage.getItem(serverKey) ?? "") ?? [];
  id.textContent = knownId;
  name.textContent = document.title = known;
}

export function getElement<Name extends keyof HTMLElementTagNameMap>(
  id: string,
  name: Name,
): HTMLElementTagNameMap[Name] {
  const found = document.getElementById(id);
  if (!found?.matches(name)) throw new Error(`The page has no ${name} ${id}.`);
  return found as HTMLElementTagNameMap[Name];
}

export function showStatus(status: string): void {
  getElement("status", "p").textContent = status;
}

/** For a moment, and then again what was said before. */
export function flashStatus(text: string): void {
  const before = getElement("status", "p").textContent ?? "";
  showStatus(text);
  setTimeout(() => {
    if (getElement("status", "p").textContent === text) showStatus(before);
  }, 3_000);
}

/** Only a page that has a screen to show has buttons for it. */
export function setConnected(isOpen: boolean): void {
  document.body.dataset["open"] = String(isOpen);
  getElement("buttons", "fieldset").disabled = !isOpen;
  if (isOpen) getElement("message", "section").hidden = true;
}

/** Says over the screen why there is none, and offers to try again where that may help. */
export function showMessage(text: string, retry?: () => void): void {
  setConnected(false);
  showStatus("Not connected");
  getElement("told", "p").textContent = text;
  const button = getElement("again", "button");
  button.hidden = retry === undefined;
  button.onclick = () => {
    getElement("message", "section").hidden = true;
    retry?.();
  };
  getElement("message", "section").hidden = false;
  if (retry) button.focus();
}

export const closeReasons = {
  none: "This page has no console to show. Open the address that you were given once more.",
  unknown: "This console address is not known, or its time has run out. Ask for a new one.",
  closed: "This console has been closed: its server is gone, or access was taken back.",
  full: "This console has as many viewers as it may. Close another one, and try again.",
  lost: "The connection to this console is lost.",
} as const;

export type CloseReason = keyof typeof closeReasons;

/** Whether another try may find what is not there now. */
export const canRetry = (ending: CloseReason): boolean => ending === "full" || ending === "lost";

/** What a refusal means to who has been let in already, or has not. */
export function closeReasonFor(status: number, wasOpen: boolean): CloseReason {
  if (status === 401) return wasOpen ? "closed" : "unknown";
  return status === 409 ? "full" : "lost";
}

/** A WebSocket, and why it was closed: it does not say, but the page, asked for once more, does. */
export function openSocket(token: string) {
  const scheme = location.protocol.replace("http", "ws");
  const query = `?token=${encodeURIComponent(token)}`;
  const socket = new WebSocket(`${scheme}//${location.host}/console${query}`);
  async function findCloseReason(wasOpen: boolean): Promise<CloseReason> {
    try {
      const { status } = await fetch(`/console${query}`);
      // an address that is good, and yet nobody is let in
      return status === 200 && !wasOpen ? "full" : closeReasonFor(status, wasOpen);
    } catch {
      return "lost";
    }
  }
  return { socket, why: findCloseReason };
}

/** Wires a button; the screen has the keyboard again when it is done. */
export function bindButton(id: string, press: () => void | Promise<void>, done: () => void): void {
  getElement(id, "button").onclick = async () => {
    await press();
    done();
  };
}

/** Characters that are pasted at once. */
const maxPasteLength = 4_000;

export async function pasteInto(type: (text: string) => void): Promise<void> {
  const text = await navigator.clipboard?.readText().catch(() => null);
  const pasted = text ?? (await promptForText("Paste here what is to be typed", "", "Type it"));
  if (pasted.length > maxPasteLength)
    flashStatus(`Only ${maxPasteLength} characters are typed at once`);
  type(pasted.slice(0, maxPasteLength));
}

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    flashStatus("Copied");
  } catch {
    await promptForText("The text of the screen", text, "Done");
  }
}

/** Where the browser keeps its clipboard to itself, a field does as well. */
function promptForText(label: string, value: string, done: string): Promise<string> {
  const dialog = getElement("dialog", "dialog");
  const field = getElement("field", "textarea");
  getElement("field-label", "label").textContent = label;
  getElement("field-done", "button").textContent = done;
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
