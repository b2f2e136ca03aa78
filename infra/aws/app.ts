import { App, type AppProps, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { bundle, dist } from "./bundle.ts";
import { NovalessStack } from "./stack.ts";
import { stageNamed } from "./stages.ts";

/** The app of the stage that the context names (`-c stage=prod`), with cdk-nag as a judge over it. */
export function cloudApp(bundles: string, props?: AppProps) {
  const app = new App(props);
  const stage = stageNamed(String(app.node.tryGetContext("stage") ?? "dev"));
  const stack = new NovalessStack(app, { stage, dist: bundles });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
}

if (import.meta.main) {
  await bundle(dist);
  cloudApp(dist).app.synth();
}
