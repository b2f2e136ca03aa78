import { createRequire } from "node:module";
import type { EngineName } from "../../infra/local/engine.ts";

const require = createRequire(import.meta.url);

/** Engines in DYNAMO_ENGINES ("dynoxide,dynalite,ddblocal"), or the two from npm. */
export function requestedEngines(): EngineName[] {
  const names = process.env["DYNAMO_ENGINES"];
  if (names) return names.split(",") as EngineName[];
  if (hasDynoxide()) return ["dynoxide", "dynalite"];
  console.warn(
    `dynoxide is not there for ${process.platform}: its half of the suite does not run.`,
  );
  return ["dynalite"];
}

function hasDynoxide(): boolean {
  try {
    require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    return true;
  } catch {
    return false;
  }
}
