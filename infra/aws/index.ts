/** What another CDK app may use: the package's own entry (docs/deploy.md, "In another CDK app"). */

export { ComputeApi, type ComputeApiProps } from "./compute-api.ts";
export type { ConsoleSettings } from "./consoles.ts";
export type { Domain } from "./domain.ts";
export { type Packaging, type Settings, type Stage, stageNamed, type Throttle } from "./stages.ts";
