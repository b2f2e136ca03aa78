/** The parts around the screen that both pages have: address, messages and buttons. */

const [tokenKey, serverKey] = ["novaless-console-token", "novaless-console-server"];

/**
 * Moves the token from the address to the tab's session storage: a reload finds it, the history
 * does not contain it.
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

/** A reloaded page has no token in its request, so the response has no server name. */
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
  if (!found?.matches(name)) throw new Error(`The page has no element ${name} with id "${id}".`);
  return found as HTMLElementTagNameMap[Name];
}

export function showStatus(status: string): void {
  getElement("status", "p").textContent = status;
}

/** Shows a message for a moment, then the previous one. */
export function flashStatus(text: string): void {
  const before = getElement("status", "p").textContent ?? "";
  showStatus(text);
  setTimeout(() => {
    if (getElement("status", "p").textContent === text) showStatus(before);
  }, 3_000);
}

/** Only a page with a screen has buttons. */
export function setConnected(isOpen: boolean): void {
  document.body.dataset["open"] = String(isOpen);
  getElement("buttons", "fieldset").disabled = !isOpen;
  if (isOpen) getElement("message", "section").hidden = true;
}

/** Covers the screen with a message, and a retry button where that may help. */
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

/** True where a retry may succeed. */
export const canRetry = (ending: CloseReason): boolean => ending === "full" || ending === "lost";

/** The message for a status, before or after the connection. */
export function closeReasonFor(status: number, wasOpen: boolean): CloseReason {
  if (status === 401) return wasOpen ? "closed" : "unknown";
  return status === 409 ? "full" : "lost";
}

/** A WebSocket with its close reason, which a request for the page finds out. */
export function openSocket(token: string) {
  const scheme = location.protocol.replace("http", "ws");
  const query = `?token=${encodeURIComponent(token)}`;
  const socket = new WebSocket(`${scheme}//${location.host}/console${query}`);
  async function findCloseReason(wasOpen: boolean): Promise<CloseReason> {
    try {
      const { status } = await fetch(`/console${query}`);
      // the address is valid, but no viewer fits
      return status === 200 && !wasOpen ? "full" : closeReasonFor(status, wasOpen);
    } catch {
      return "lost";
    }
  }
  return { socket, why: findCloseReason };
}

/** Connects a button; the screen gets the focus back afterwards. */
export function bindButton(id: string, press: () => void | Promise<void>, done: () => void): void {
  getElement(id, "button").onclick = async () => {
    await press();
    done();
  };
}

/** Characters per paste. */
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

/** A text field, where the browser denies access to the clipboard. */
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
