import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { clientVariables } from "../../infra/local/exports.ts";
import { startCloudProcess } from "./start-process.ts";

const execFileAsync = promisify(execFile);

/** The system's own Python is the one that Debian's packages are for. */
export const python = "/usr/bin/python3";

/** Whether a command is here; where it is not, says once that its suite is not run. */
export function hasCommand(command: string, ...probe: readonly string[]): boolean {
  try {
    execFileSync(command, probe.length > 0 ? probe : ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`${[command, ...probe].join(" ")} does not run here: its suite is skipped.`);
    return false;
  }
}

/** What a command finds in its environment. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Split as a shell would: by spaces, but for what is in double quotes. */
const splitWords = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

/** A fresh `npm start`, as its own environment has it, and how to type commands at it as one of its users. */
export async function startWithClients(
  overrides: EnvironmentVariables = {},
  serverVariables: Record<string, string> = {},
) {
  const cloud = await startCloudProcess([], serverVariables);
  const defaultVariables: EnvironmentVariables = {
    ...process.env,
    ...clientVariables(cloud.origin),
    ...overrides,
  };

  /** What a user of that name has in the environment; in another project, if it says so. */
  const variablesFor = (name: string, project?: string): EnvironmentVariables => ({
    ...defaultVariables,
    ...clientVariables(cloud.origin, name),
    ...(project !== undefined && { OS_PROJECT_NAME: project }),
  });

  /** What the command says. */
  async function runCommand(line: string, env: EnvironmentVariables = defaultVariables) {
    const [command = "", ...args] = splitWords(line);
    const running = execFileAsync(command, args, { env, maxBuffer: 16 * 1024 * 1024 });
    running.child.stdin?.end();
    return (await running).stdout.trim();
  }

  /** What the command says in JSON. */
  const runJson = async (line: string, env?: EnvironmentVariables) =>
    JSON.parse(await runCommand(line, env));

  /** What the command complains of; "" where it does not fail. */
  async function runFailing(line: string, env?: EnvironmentVariables) {
    try {
      await runCommand(line, env);
      return "";
    } catch (cause) {
      const { stderr, stdout } = cause as { stderr: string; stdout: string };
      return `${stderr}${stdout}`.trim();
    }
  }

  return {
    ...cloud,
    home: defaultVariables,
    user: variablesFor,
    typed: runCommand,
    json: runJson,
    refused: runFailing,
  };
}
