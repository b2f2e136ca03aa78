import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { exportsFor } from "../../infra/local/exports.ts";
import { started } from "./started.ts";

const run = promisify(execFile);

/** The system's own Python is the one that Debian's packages are for. */
export const python = "/usr/bin/python3";

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

/** What a command finds in its environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Split as a shell would: by spaces, but for what is in double quotes. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

/** A fresh `npm start`, as its own environment has it, and how to type commands at it as one of its users. */
export async function clientsOf(over: Environment = {}, own: Record<string, string> = {}) {
  const cloud = await started([], own);
  const home: Environment = { ...process.env, ...exportsFor(cloud.origin), ...over };

  /** What a user of that name has in the environment; in another project, if it says so. */
  const user = (name: string, project?: string): Environment => ({
    ...home,
    ...exportsFor(cloud.origin, name),
    ...(project !== undefined && { OS_PROJECT_NAME: project }),
  });

  /** What the command says. */
  async function typed(line: string, env: Environment = home) {
    const [command = "", ...args] = words(line);
    const running = run(command, args, { env, maxBuffer: 16 * 1024 * 1024 });
    running.child.stdin?.end();
    return (await running).stdout.trim();
  }

  /** What the command says in JSON. */
  const json = async (line: string, env?: Environment) => JSON.parse(await typed(line, env));

  /** What the command complains of; "" where it does not fail. */
  async function refused(line: string, env?: Environment) {
    try {
      await typed(line, env);
      return "";
    } catch (cause) {
      const { stderr, stdout } = cause as { stderr: string; stdout: string };
      return `${stderr}${stdout}`.trim();
    }
  }

  return { ...cloud, home, user, typed, json, refused };
}
