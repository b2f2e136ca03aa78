/** What another CDK app may use: the package's own entry (docs/deploy.md, "In another CDK app"). */

export { bundle } from "./bundle.ts";
export { ComputeApi, type ComputeApiProps } from "./compute-api.ts";
export type { Domain } from "./domain.ts";
export type { Packaging } from "./functions.ts";
export { type Settings, type Stage, stageNamed, type Throttle } from "./stages.ts";
