import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { exportsFor } from "../../infra/local/exports.ts";

const run = promisify(execFile);

/** Whether a client is there to be tried; says so where it is not. */
export function isInstalled(client: string, command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`${client} is not installed: it is not tried.`);
    return false;
  }
}

/** A program with a cloud in its environment, as `user` of the project of that name. */
export function program(command: string, origin: string, user = "demo") {
  const env = {
    ...process.env,
    ...exportsFor(origin),
    ...{ OS_USERNAME: user, OS_PASSWORD: user, OS_PROJECT_NAME: user },
    NOVALESS: origin,
  };
  const answer = async (args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const running = run(command, args, { env: { ...env, ...more } });
    running.child.stdin?.end();
    return (await running).stdout.trim();
  };
  return {
    answer,
    /** What it prints, of a line as anybody types it. */
    say: (line: string) => answer(line.split(" ")),
    /** What it says against it; "" where it does it. */
    refused: (line: string) =>
      answer(line.split(" ")).then(
        () => "",
        (cause: { stderr: string }) => cause.stderr.trim(),
      ),
    /** What a script prints. */
    json: async (args: readonly string[], more?: Readonly<Record<string, string>>) =>
      JSON.parse(await answer(args, more)),
  };
}

/** The system's own Python is the one that Debian's packages are for. */
export const python = "/usr/bin/python3";
