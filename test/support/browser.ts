import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Browser, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { textFromPixels } from "./glyphs.ts";
import { root } from "./start-process.ts";

export const chromiumPath = "/usr/bin/chromium";

const artifactsFolder = join(root, "test/artifacts");

export async function launchBrowser() {
  const chromiumBrowser: Browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox"],
  });
  onTestFinished(() => chromiumBrowser.close());
  const problems: string[] = [];
  async function openPage(url: string, over: Parameters<Browser["newContext"]>[0] = {}) {
    const context = await chromiumBrowser.newContext({
      viewport: { width: 1280, height: 860 },
      ...over,
    });
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (cause) => problems.push(String(cause)));
    page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
    page.on("request", (request) => {
      if (/^http/.test(request.url()) && new URL(request.url()).origin !== new URL(url).origin)
        problems.push(`elsewhere: ${request.url()}`);
    });
    page.on("response", (answer) => {
      if (answer.status() >= 400) problems.push(`${answer.status()}: ${answer.url()}`);
    });
    await page.goto(url);
    return page;
  }
  return { opened: openPage, problems };
}

/** Each pixel of the console, row by row: 1 if lit. */
export const pixelsOf = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const canvas = document.querySelector("#screen canvas");
    if (!canvas?.width) return "";
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: data.length / 4 }, (_, i) => (data[4 * i] > 127 ? 1 : 0)).join("");
  })()`);

export async function screenTextOn(page: Page): Promise<string> {
  const pixels = await pixelsOf(page);
  return pixels === "" ? "" : textFromPixels(pixels);
}

/** Waits until the console shows a text; pages without push poll every ten seconds. */
export async function waitForScreenText(page: Page, text: string): Promise<void> {
  let shown = "";
  for (let left = 150; left > 0; left--) {
    shown = await screenTextOn(page);
    if (shown.includes(text)) return;
    await setTimeout(100);
  }
  throw new Error(`It does not show ${text}:\n${shown}`);
}

export async function messageOn(page: Page): Promise<string> {
  await page.waitForSelector("#message:not([hidden])", { timeout: 15_000 });
  return page.innerText("#told");
}

export async function saveScreenshotOf(page: Page, name: string): Promise<void> {
  mkdirSync(artifactsFolder, { recursive: true });
  await page.screenshot({ path: join(artifactsFolder, `${name}.png`) });
}
