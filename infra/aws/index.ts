/** The package's entry for other CDK apps (docs/deploy.md, "In another CDK app"). */

export { ComputeApi, type ComputeApiProps } from "./compute-api.ts";
export type { ConsoleSettings } from "./console-settings.ts";
export type { Domain } from "./domain.ts";
export { type Packaging, type Settings, type Stage, stageNamed, type Throttle } from "./stages.ts";
