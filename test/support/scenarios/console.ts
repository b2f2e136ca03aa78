import { randomUUID } from "node:crypto";
import type { SendRequest } from "../send-request.ts";

export async function consoleScenario(ask: SendRequest, server: string): Promise<void> {
  const options = { body: { "os-getSerialConsole": { type: "serial" } } };
  const { json } = await ask("POST", `${server}/action`, options);
  let credential = new URL(json.console.url).searchParams.get("token");
  const viewer = randomUUID();
  for (const [number, body] of ["", "root\r\r", "poweroff\r"].entries()) {
    const headers = {
      "content-type": "application/octet-stream",
      authorization: `Bearer ${credential}`,
      "x-console-viewer": viewer,
      "x-console-message": String(number + 1),
    };
    const answer = await ask("POST", "/console/exchange", { as: null, headers, body });
    credential = answer.headers.get("x-console-session") ?? credential;
  }
}
