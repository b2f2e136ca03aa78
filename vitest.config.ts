import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { requestedEngines } from "./test/support/engines.ts";

/** Tests that need DynamoDB; all others run once. */
const onEngines = ["test/store/**/*.test.ts", "test/http/**/*.test.ts"];

/**
 * Tests in which engines can differ: expressions, conditions, races. `DYNAMO_ENGINES` runs all
 * tests on each engine.
 */
const onOthers = [
  "test/store/**/*.test.ts",
  ...["documents", "edges", "network", "server-parts", "servers", "volumes"].map(
    (folder) => `test/http/${folder}/**/*.test.ts`,
  ),
  "test/http/{concurrency,dynamodb-calls,exchanges}.test.ts",
];

/** Tests that drive the stock clients, each against a server of its own: `npm run test:clients`. */
const withClients = ["test/clients/**/*.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/tally-reporter.ts"],
    testTimeout: 30_000,
    // the engine is another process, so that a worker often waits
    maxWorkers: availableParallelism(),
    // no module has state beyond its cloud, so that files share modules
    isolate: false,
    expect: { requireAssertions: true },
    env: { AWS_EC2_METADATA_DISABLED: "true" },
    projects: [
      {
        extends: true,
        test: {
          name: "once",
          include: ["test/**/*.test.ts"],
          exclude: [...onEngines, ...withClients],
        },
      },
      {
        extends: true,
        // a client is another process: four of them keep two cores busy
        test: { name: "clients", include: withClients, maxWorkers: 4, testTimeout: 300_000 },
      },
      ...requestedEngines().map((name, i) => ({
        extends: true as const,
        test: {
          name,
          include: i === 0 || process.env["DYNAMO_ENGINES"] ? onEngines : onOthers,
          globalSetup: ["./test/support/engine-setup.ts"],
        },
      })),
    ],
  },
});
