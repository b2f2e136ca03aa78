import { defineConfig } from "vitest/config";
import { enginesAsked } from "./test/support/engines.ts";

/** What stands on DynamoDB runs once on every engine asked for; the rest runs once. */
const onEngines = ["test/store/**/*.test.ts", "test/http/**/*.test.ts"];

/** What drives the stock clients, each at a server of its own: `npm run test:clients`. */
const withClients = ["test/clients/**/*.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/tally-reporter.ts"],
    testTimeout: 30_000,
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
        // a client is a process of its own, and waits: three of them keep two cores busy
        test: { name: "clients", include: withClients, maxWorkers: 3, testTimeout: 300_000 },
      },
      ...enginesAsked().map((name) => ({
        extends: true as const,
        test: {
          name,
          include: onEngines,
          globalSetup: ["./test/support/engine-setup.ts"],
        },
      })),
    ],
  },
});
