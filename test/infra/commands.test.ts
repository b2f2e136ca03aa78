import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly version: string;
};
const appFolder = mkdtempSync(join(tmpdir(), "novaless-app-"));
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` };
const run = (command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { cwd: appFolder, env, encoding: "utf8", stdio: "pipe" });

/** Another app with the packed package and its own CDK. */
beforeAll(() => {
  execFileSync("npm", ["pack", "--silent", "--pack-destination", appFolder], {
    cwd: root,
    env,
    stdio: "pipe",
  });
  const installed = join(appFolder, "node_modules/novaless");
  mkdirSync(installed, { recursive: true });
  run("tar", "-xzf", `novaless-${version}.tgz`, "-C", installed, "--strip-components=1");
  for (const one of ["aws-cdk-lib", "constructs", "@aws-sdk", "@middy", "@types", "typescript"])
    symlinkSync(join(root, "node_modules", one), join(appFolder, "node_modules", one));
  writeFileSync(join(appFolder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(
    join(appFolder, "app.ts"),
    `import { App, Stack } from "aws-cdk-lib";
     import { ComputeApi, type ComputeApiProps, stageNamed } from "novaless";

     const props: ComputeApiProps = { stage: { ...stageNamed("pr-1"), livesFor: 3 } };
     const app = new App({ outdir: "cdk.out" });
     const stack = new Stack(app, "Theirs");
     const { endpoint } = new ComputeApi(stack, "Cloud", props);
     console.log(JSON.stringify(stack.resolve(endpoint)));
     app.synth();`,
  );
}, 120_000);
afterAll(() => rmSync(appFolder, { recursive: true, force: true }), 60_000);

test("another app synthesizes a cloud from the installed package and its bundles", () => {
  expect(JSON.parse(run(process.execPath, "app.ts"))).toEqual({
    "Fn::GetAtt": [expect.stringMatching(/^CloudApi/), "ApiEndpoint"],
  });

  const assets = run("ls", "cdk.out")
    .split("\n")
    .filter((name) => name.startsWith("asset."));
  expect(run("ls", join("cdk.out", assets[0] ?? ""))).toMatch(/fallback\.mjs/);
}, 60_000);

test("the package has types, which check the props", () => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options = [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--module",
    "nodenext",
    "--types",
    "node",
  ];
  const check = () => run(process.execPath, tsc, ...options, "app.ts");

  expect(check()).toBe("");

  writeFileSync(
    join(appFolder, "wrong.ts"),
    `import type { ComputeApiProps } from "novaless";
     export const props: ComputeApiProps = { packaging: "dual" };`,
  );
  const { stdout } = spawnSync(process.execPath, [tsc, ...options, "wrong.ts"], {
    cwd: appFolder,
    encoding: "utf8",
  });
  expect(stdout).toMatch(/'"dual"' is not assignable/);
}, 60_000);

// Not in cdk-nag.test.ts: both commands write the same folder.
test("synthesis is strict and needs no network", () => {
  const cdk = join(root, "node_modules/aws-cdk/bin/cdk");
  const nowhere = "http://127.0.0.1:9";

  const { status, stderr } = spawnSync(
    process.execPath,
    [cdk, "synth", "--quiet", "--strict", "--output", join(appFolder, "strict")],
    {
      cwd: root,
      encoding: "utf8",
      env: {
        PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`,
        HOME: appFolder,
        http_proxy: nowhere,
        https_proxy: nowhere,
        AWS_EC2_METADATA_DISABLED: "true",
      },
    },
  );

  expect(status, stderr).toBe(0);
  expect(run("ls", "strict")).toMatch(/^Novaless-dev\.template\.json$/m);
}, 120_000);
