import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleFunctions, type FunctionBundles } from "../support/bundles.ts";
import { hasCommand } from "../support/clients.ts";
import { type ContextValues, createStageApp, readTemplate } from "../support/template.ts";

let bundles: FunctionBundles;
beforeAll(async () => {
  bundles = await bundleFunctions();
}, 60_000);
afterAll(() => bundles.remove(), 60_000);

const allSettings: ContextValues = {
  domain: "compute.example.org",
  consoles: "consoles.example.org",
  certificate: "arn:aws:acm:eu-west-1:111122223333:certificate/1",
  zone: "Z1",
  "alarm-email": "operator@example.org",
  tracing: "true",
};

const stages: readonly (readonly [name: string, context: ContextValues])[] = [
  ["dev", {}],
  ["dev", { packaging: "single" }],
  ["prod", allSettings],
];

describe("cdk-nag", () => {
  test.each(stages)("finds nothing in %s with %j", (name, context) => {
    const { app } = createStageApp(name, bundles, context);

    for (const Checks of [AwsSolutionsChecks, ServerlessChecks])
      expect(new Checks(app).validateScope(app).violations).toEqual([]);
  });

  test("fails a synthesis with findings", () => {
    const { app, stack } = createStageApp("dev", bundles);
    new Bucket(stack, "Open");

    expect(() => app.synth()).toThrow();
  });
});

describe.runIf(hasCommand("cfn-lint"))(
  "cfn-lint, which knows every property of every resource",
  () => {
    test.each(stages)(
      "finds nothing in %s with %j",
      (name, context) => {
        const { app, stack } = createStageApp(name, bundles, context);
        const { directory } = app.synth();

        // W3005: CDK declares a function's dependency on its role twice.
        const { stdout, status } = spawnSync(
          "cfn-lint",
          ["--ignore-checks", "W3005", "--", join(directory, `${stack.stackName}.template.json`)],
          { encoding: "utf8" },
        );

        expect([stdout, status]).toEqual(["", 0]);
      },
      120_000,
    );
  },
);

test("a stack with all settings is well below CloudFormation's limits", () => {
  const { size, template } = readTemplate(createStageApp("prod", bundles, allSettings).stack);

  expect(size).toBeLessThan(200);
  expect(JSON.stringify(template.toJSON()).length).toBeLessThan(500_000);
});
