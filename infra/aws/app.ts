import { App, type AppProps, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { bundle } from "./bundle.ts";
import { readContextSettings } from "./context-settings.ts";
import { dist } from "./dist.ts";
import { NovalessStack } from "./stack.ts";

/** The app of the stage in the context (`-c stage=prod`), checked by cdk-nag. */
export function createApp(bundles: string, props?: AppProps) {
  const app = new App(props);
  const settings = readContextSettings((name) => app.node.tryGetContext(name));
  const stack = new NovalessStack(app, { ...settings, dist: bundles });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return { app, stack };
}

if (import.meta.main) {
  await bundle(dist);
  createApp(dist).app.synth();
}
