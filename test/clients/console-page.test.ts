import { randomUUID } from "node:crypto";
import { setTimeout as after } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { blankScreen, screenToText, writeText } from "../../lambdas/console/model/screen.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import {
  chromiumPath,
  launchBrowser,
  messageOn,
  pixelsOf,
  saveScreenshotOf,
  screenTextOn,
  waitForScreenText,
} from "../support/browser.ts";
import { hasCommand } from "../support/clients.ts";
import { startCloudProcess } from "../support/start-process.ts";
import { pollUntil } from "./until.ts";

const channels = ["websocket", "exchange"] as const;

async function startWithServerConsole(env: Record<string, string>) {
  const { origin } = await startCloudProcess([], env);
  const auth = {
    identity: {
      methods: ["password"],
      password: { user: { name: "demo", domain: { id: "default" }, password: "demo" } },
    },
    scope: { project: { name: "demo", domain: { id: "default" } } },
  };
  const login = await fetch(`${origin}/identity/v3/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ auth }),
  });
  const headers = {
    "content-type": "application/json",
    "x-auth-token": login.headers.get("x-subject-token") ?? "",
  };
  async function ask(method: string, path: string, body?: unknown) {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${origin}/v2.1${path}`, { method, headers, ...sent });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }
  const order = { name: "web <1>", imageRef: seedImages[0]?.id, flavorRef: "1" };
  const path = `/servers/${(await ask("POST", "/servers", { server: order })).server.id}`;
  const act = (body: unknown) => ask("POST", `${path}/action`, body);
  const status = async (): Promise<string> => (await ask("GET", path)).server.status;
  await pollUntil(status, (now) => now === "ACTIVE");
  return {
    origin,
    act,
    status,
    remove: () => ask("DELETE", path),
    log: async (): Promise<string> => (await act({ "os-getConsoleOutput": {} })).output,
    novnc: async (): Promise<string> =>
      (await act({ "os-getVNCConsole": { type: "novnc" } })).console.url,
    async serial() {
      const { url } = (await act({ "os-getSerialConsole": { type: "serial" } })).console;
      return `${origin}/console/serial.html${new URL(url).search}`;
    },
  };
}

describe.runIf(hasCommand(chromiumPath)).each(channels)("Chromium, over %s", (channel) => {
  const env = { CONSOLE_CHANNEL: channel };

  test("the URL opens: boot log, login, keys, reload, stop and start, power buttons, another viewer, the end", async () => {
    const { novnc, log, act, status, remove, origin } = await startWithServerConsole(env);
    const { opened, problems } = await launchBrowser();
    const url = await novnc();
    const page = await opened(url);
    await waitForScreenText(page, "login:");
    await saveScreenshotOf(page, `console-${channel}-boot`);
    // The picture equals the log's text, to the pixel.
    const typedLike = async () => screenToText(writeText(blankScreen, await log()));
    expect(await screenTextOn(page)).toBe(await typedLike());
    expect(page.url()).toBe(`${origin}/console/vnc_auto.html`);
    expect(await page.title()).toBe("web <1>");

    // The screen has focus without a click.
    await page.keyboard.type("root\n", { delay: 30 });
    await waitForScreenText(page, "Password:");
    await page.keyboard.type("s3cret\n", { delay: 30 });
    await waitForScreenText(page, "~#");
    await page.keyboard.type("echo Hello, World_42 | $HOME {~}X", { delay: 30 });
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    await waitForScreenText(page, "\nHello, World_42 | $HOME {~}\n");
    await page.keyboard.type("never run", { delay: 30 });
    await page.keyboard.press("Control+c");
    await waitForScreenText(page, "never run^C");
    await saveScreenshotOf(page, `console-${channel}-typed`);
    expect(await log()).toContain("echo Hello, World_42 | $HOME {~}");
    expect(await log()).not.toContain("s3cret");

    await page.reload();
    await waitForScreenText(page, "never run^C");
    expect(await page.title()).toBe("web <1>");
    const other = await opened(url, {
      viewport: { width: 390, height: 760 },
      isMobile: true,
      hasTouch: true,
      deviceScaleFactor: 2,
    });
    await waitForScreenText(other, "never run^C");
    await saveScreenshotOf(other, `console-${channel}-phone`);
    await other.tap("#keyboard");
    await other.keyboard.type("whoami\n", { delay: 30 });
    await waitForScreenText(other, "\nroot\n");
    await waitForScreenText(page, "\nroot\n");
    expect(await pixelsOf(other)).toBe(await pixelsOf(page));

    await act({ "os-stop": null });
    await waitForScreenText(page, "reboot: Power down");
    await saveScreenshotOf(page, `console-${channel}-stopped`);
    await pollUntil(status, (now) => now === "SHUTOFF");
    await act({ "os-start": null });
    await waitForScreenText(page, "login:");
    await pollUntil(status, (now) => now === "ACTIVE");
    await page.click("#shutdown");
    expect(await pollUntil(status, (now) => now === "SHUTOFF")).toBe("SHUTOFF");
    await waitForScreenText(page, "reboot: Power down");
    await act({ "os-start": null });
    await pollUntil(status, (now) => now === "ACTIVE");
    await waitForScreenText(page, "login:");
    await page.click("#cad");
    expect(await pollUntil(status, (now) => now === "REBOOT")).toBe("REBOOT");
    await pollUntil(status, (now) => now === "ACTIVE");

    expect(problems).toEqual([]);
    await remove();
    expect(await messageOn(page)).toMatch(/^This console has been closed/);
    await saveScreenshotOf(page, `console-${channel}-closed`);
    expect(await page.isVisible("#again")).toBe(false);
  });

  test("pasted text is typed, and the screen's text can be copied", async () => {
    const { novnc } = await startWithServerConsole(env);
    const { opened, problems } = await launchBrowser();
    const page = await opened(await novnc(), {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await waitForScreenText(page, "login:");
    await page.evaluate(`navigator.clipboard.writeText("root\\nsecret\\necho pasted ~ text\\n")`);
    await page.click("#paste");
    await waitForScreenText(page, "\npasted ~ text\n");
    await page.click("#copy");
    const copied = () => page.evaluate<string>("navigator.clipboard.readText()");
    expect(await pollUntil(copied, (text) => text.includes("login:"))).toBe(
      await screenTextOn(page),
    );
    expect(problems).toEqual([]);

    // Without clipboard access the page shows a field.
    await page.context().clearPermissions();
    await page.evaluate(`navigator.clipboard.readText = () => Promise.reject(new Error())`);
    await page.click("#paste");
    await page.fill("#field", "echo by hand\n");
    await saveScreenshotOf(page, `console-${channel}-paste`);
    await page.click("#field-done");
    await waitForScreenText(page, "\nby hand\n");
  });

  test("an open console outlives its token, and an expired URL says so", async () => {
    const { novnc } = await startWithServerConsole({ ...env, CONSOLE_TOKEN_TTL: "3" });
    const { opened } = await launchBrowser();
    const url = await novnc();
    const page = await opened(url);
    await waitForScreenText(page, "login:");
    await after(3_500);
    await page.keyboard.type("root\n");
    await waitForScreenText(page, "Password:");
    await page.reload();
    expect(await messageOn(page)).toBe(
      "This console address is not known, or its time has run out. Ask for a new one.",
    );
    await saveScreenshotOf(page, `console-${channel}-expired`);
    const answer = await page.goto(url);
    expect(answer?.status()).toBe(401);
    expect(await page.textContent("p")).toMatch(/its time has run out/);
  });

  test("a page without a token says that it has none", async () => {
    const { origin } = await startCloudProcess([], env);
    const { opened, problems } = await launchBrowser();
    const page = await opened(`${origin}/console`);
    expect(await messageOn(page)).toMatch(/^This page has no console to show/);
    expect(problems).toEqual([]);
  });

  test("a ninth viewer sees the reason, and connects when another leaves", async () => {
    const { novnc } = await startWithServerConsole(env);
    const { opened } = await launchBrowser();
    const url = await novnc();
    const first = await Promise.all(Array.from({ length: 8 }, () => opened(url)));
    for (const page of first) await waitForScreenText(page, "login:");
    const ninth = await opened(url);
    expect(await messageOn(ninth)).toMatch(/as many viewers as it may/);
    await saveScreenshotOf(ninth, `console-${channel}-full`);
    expect(await ninth.isVisible("#again")).toBe(true);
    if (channel === "websocket") {
      await first[0]?.close();
      await ninth.click("#again");
      await waitForScreenText(ninth, "login:");
    }
  });

  test("a serial console is a terminal", async () => {
    const { serial, log, remove, origin } = await startWithServerConsole(env);
    const { opened, problems } = await launchBrowser();
    const page = await opened(await serial());
    const lines = () => page.evaluate<string>(`document.querySelector(".xterm-rows").innerText`);
    await pollUntil(lines, (text) => text.includes("login:"));
    await page.keyboard.type("root\npassword\n", { delay: 30 });
    const mark = randomUUID();
    await page.keyboard.type(`echo ${mark}\n`, { delay: 30 });
    await pollUntil(lines, (text) => text.includes(`\n${mark}`));
    await saveScreenshotOf(page, `serial-${channel}`);
    expect(await pollUntil(log, (text) => text.includes(`\n${mark}`))).toContain(`echo ${mark}`);
    await page.reload();
    await pollUntil(lines, (text) => text.includes(`\n${mark}`));
    expect([await page.title(), page.url()]).toEqual(["web <1>", `${origin}/console/serial.html`]);
    expect(problems).toEqual([]);
    await remove();
    expect(await messageOn(page)).toMatch(/^This console has been closed/);
  });
});
