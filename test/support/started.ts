import { onTestFinished } from "vitest";
import { launched } from "./launched.ts";

export { root } from "./launched.ts";

/** A fresh `npm start` for as long as the test runs. */
export async function started(args: readonly string[] = [], env: Record<string, string> = {}) {
  const { child, ready, origin, said, unserved } = await launched(args, env);
  onTestFinished(() => void child.kill("SIGKILL"));
  await ready;
  return { child, origin, said: said(), unserved };
}
