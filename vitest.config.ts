import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { requestedEngines } from "./test/support/engines.ts";

/** What stands on DynamoDB; the rest runs once. */
const onEngines = ["test/store/**/*.test.ts", "test/http/**/*.test.ts"];

/** What an engine is told from another by: expressions, conditions, races. All of it where it is asked for. */
const onOthers = [
  "test/store/**/*.test.ts",
  ...["documents", "edges", "network", "server-parts", "servers", "volumes"].map(
    (folder) => `test/http/${folder}/**/*.test.ts`,
  ),
  "test/http/{concurrency,dynamodb-calls,exchanges}.test.ts",
];

/** What drives the stock clients, each at a server of its own: `npm run test:clients`. */
const withClients = ["test/clients/**/*.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/tally-reporter.ts"],
    testTimeout: 30_000,
    // the engine has a process of its own, and waits as much as it is waited for
    maxWorkers: availableParallelism(),
    // importing does nothing here, and what is kept in memory is kept by world: files share modules
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
        // a client is a process of its own, and waits: four of them keep two cores busy
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
