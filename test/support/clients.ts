import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { clientVariables } from "../../infra/local/client-exports.ts";
import { startCloudProcess } from "./start-process.ts";

const execFileAsync = promisify(execFile);

/** Debian's packages need the system's Python. */
export const python = "/usr/bin/python3";

export function hasCommand(command: string, ...probe: readonly string[]): boolean {
  try {
    execFileSync(command, probe.length > 0 ? probe : ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`${[command, ...probe].join(" ")} does not run here: its suite is skipped.`);
    return false;
  }
}

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

const splitWords = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

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

  const variablesFor = (name: string, project?: string): EnvironmentVariables => ({
    ...defaultVariables,
    ...clientVariables(cloud.origin, name),
    ...(project !== undefined && { OS_PROJECT_NAME: project }),
  });

  async function runCommand(line: string, env: EnvironmentVariables = defaultVariables) {
    const [command = "", ...args] = splitWords(line);
    const running = execFileAsync(command, args, { env, maxBuffer: 16 * 1024 * 1024 });
    running.child.stdin?.end();
    return (await running).stdout.trim();
  }

  const runJson = async (line: string, env?: EnvironmentVariables) =>
    JSON.parse(await runCommand(line, env));

  /** Returns the error text, or "" on success. */
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
