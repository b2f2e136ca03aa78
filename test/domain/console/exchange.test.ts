import { expect, test } from "vitest";
import { deflate } from "../../../lambdas/consoles/deflate.ts";
import { emptyRoom, exchanged, seated, typedInto } from "../../../lambdas/domain/console/room.ts";
import { start } from "../../support/cloud.ts";
import { encoding, says } from "../../support/rfb.ts";
import { resting } from "../../support/servers.ts";

const server = resting("active");
const grant = {
  project: server.project,
  server: server.id,
  type: "novnc",
  expires: start + 600_000,
  epoch: 0,
  user: server.user,
  overLock: false,
} as const;

test("a viewer without continuous updates, whose poll's answer is lost, gets its picture with the next", () => {
  let kept = seated(emptyRoom(server, start), "a", grant, start);
  const none = new Uint8Array();
  let seen = 0;
  const exchange = (number: number, bytes: Uint8Array, isLost = false) => {
    const answer = exchanged(kept, server, { seat: "a", number, seen, bytes }, start, deflate);
    if (answer.room) kept = { room: answer.room, version: kept.version + 1 };
    if (answer.sees && !isLost) seen = kept.version;
    return answer.reply.length;
  };
  const ready = [says.version(), says.security, says.init, says.encodings(encoding.tight)];
  ready.forEach((bytes, i) => void exchange(i + 1, bytes));
  expect(exchange(5, says.update(false))).toBeGreaterThan(500);
  expect(exchange(6, says.update(true))).toBe(0);

  kept = { room: typedInto(kept, server, "d", start).room, version: kept.version + 1 };
  const written = kept.version;
  expect(exchange(0, none, true)).toBeGreaterThan(30);
  expect(exchange(0, none)).toBeGreaterThan(30);
  expect(exchange(0, none)).toBe(0);
  expect(kept.version).toBe(written);
});

test("a message full of commands leaves no more in the log than an item takes", () => {
  const kept = emptyRoom(server, start);
  const { room } = typedInto(kept, server, `root\r\r${"help\r".repeat(13_000)}`, start);
  expect(room.unlogged?.text.length).toBe(32_768);
  expect(room.unlogged?.text).toMatch(/help\n.*\n.*\nroot@web-1:~# $/);
});
