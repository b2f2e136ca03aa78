import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { exportsFor } from "../../infra/local/exports.ts";
import { started } from "./started.ts";

const run = promisify(execFile);

/** Whether a command is here; where it is not, says once that its suite is not run. */
export function has(command: string, ...probe: readonly string[]): boolean {
  try {
    execFileSync(command, probe.length > 0 ? probe : ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`${[command, ...probe].join(" ")} does not run here: its suite is skipped.`);
    return false;
  }
}

/** Split as a shell would: by spaces, but for what is in double quotes. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

/** A fresh `npm start`, and how to type commands at it as one of its users. */
export async function clientsOf(over: Readonly<Record<string, string>> = {}) {
  const cloud = await started();
  const home = { ...process.env, ...exportsFor(cloud.origin), ...over };

  /** What a user of that name has in the environment; in another project, if it says so. */
  const user = (name: string, project?: string) => ({
    ...home,
    ...exportsFor(cloud.origin, name),
    ...(project !== undefined && { OS_PROJECT_NAME: project }),
  });

  /** What the command says. */
  async function typed(line: string, env: Readonly<Record<string, string | undefined>> = home) {
    const [command = "", ...args] = words(line);
    const { stdout } = await run(command, args, { env, maxBuffer: 16 * 1024 * 1024 });
    return stdout.trim();
  }

  /** What the command complains of; "" where it does not fail. */
  async function refused(line: string, env?: Readonly<Record<string, string | undefined>>) {
    try {
      await typed(line, env);
      return "";
    } catch (cause) {
      const { stderr, stdout } = cause as { stderr: string; stdout: string };
      return `${stderr}${stdout}`.trim();
    }
  }

  return { ...cloud, home, user, typed, refused };
}
