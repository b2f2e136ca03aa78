import { expect, test } from "vitest";
import { decodeSession, encodeSession } from "../../lambdas/console/database/session-codec.ts";

test("a session stored a month ago is decoded", () => {
  const text =
    '{"guest":null,"shown":{"lines":["web-1 login: "],"x":14,"y":23},"since":1795289,"seats":{},"unlogged":null} -----BEGIN SSH HOST KEY KEYS-----';
  const kept = "q0aVxYzt8tQkXUMFaPpUiiU67msxrFIgmH0B";
  expect(decodeSession(Buffer.from(kept, "base64"))).toBe(text);
  expect(decodeSession(encodeSession(text))).toBe(text);
});
