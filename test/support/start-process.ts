import { onTestFinished } from "vitest";
import { launchCloudProcess } from "./launch-process.ts";

export { root } from "./launch-process.ts";

export async function startCloudProcess(
  args: readonly string[] = [],
  env: Record<string, string> = {},
) {
  const {
    child,
    ready,
    origin,
    output,
    unserved: unroutedRequests,
  } = await launchCloudProcess(args, env);
  onTestFinished(() => void child.kill("SIGKILL"));
  await ready;
  return { child, origin, output: output(), unserved: unroutedRequests };
}
