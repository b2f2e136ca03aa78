import { randomUUID } from "node:crypto";
import type { Answered, Asked } from "../cloud.ts";

type Ask = (method: string, path: string, asked?: Asked) => Promise<Answered>;

const bytes = (...all: readonly (string | number)[]) =>
  Buffer.concat(all.map((one) => (typeof one === "string" ? Buffer.from(one) : Buffer.of(one))));

/** A viewer shakes hands, offers power buttons (xvp, -309), and presses the one for a reboot. */
const said = [
  bytes(),
  bytes("RFB 003.008\n"),
  bytes(1),
  bytes(1),
  bytes(2, 0, 0, 1, 0xff, 0xff, 0xfe, 0xcb),
  bytes(250, 0, 1, 3),
];

/** What consoles ask of DynamoDB, by one that is open to a server which is up. */
export async function consolesScenario(ask: Ask, server: string): Promise<void> {
  const body = { "os-getVNCConsole": { type: "xvpvnc" } };
  const { json } = await ask("POST", `/v2.1/servers/${server}/action`, { body });
  const { searchParams } = new URL(json.console.url);
  let [credential, seen] = [searchParams.get("token") ?? "", "0"];
  const viewer = randomUUID();
  for (const [number, body] of said.entries()) {
    const { headers } = await ask("POST", "/console/exchange", {
      as: null,
      headers: {
        "content-type": "application/octet-stream",
        authorization: `Bearer ${credential}`,
        "x-console-viewer": viewer,
        "x-console-message": String(number + 1),
        "x-console-seen": seen,
      },
      body,
    });
    credential = headers.get("x-console-session") ?? credential;
    seen = headers.get("x-console-seen") ?? seen;
  }
}
