/** The services, each may import those before it. */
export const services = ["identity", "image", "network", "volume", "compute", "console"] as const;
export type ServiceName = (typeof services)[number];

/**
 * The imports of one room besides itself: path prefixes, or patterns where a prefix is too coarse.
 */
export interface Rule {
  readonly room: string;
  readonly holds: RegExp;
  readonly mayImport: readonly (string | RegExp)[];
  readonly asTypes?: readonly (string | RegExp)[];
}

const upTo = (service: ServiceName) => services.slice(0, services.indexOf(service) + 1).join("|");
const inner = "model|repositories|database|dialects?";

function rulesOf(service: ServiceName): Rule[] {
  const lower = upTo(service);
  const models = new RegExp(`^lambdas/(${lower})/model/`);
  return [
    {
      room: `lambdas/${service}/model`,
      holds: new RegExp(`^lambdas/${service}/model/`),
      mayImport: ["lambdas/core/", models],
    },
    {
      room: `lambdas/${service}/repositories`,
      holds: new RegExp(`^lambdas/${service}/repositories/`),
      mayImport: [
        "lambdas/core/",
        "lambdas/ports/",
        models,
        new RegExp(`^lambdas/(${lower})/repositories/`),
        "node:crypto",
      ],
    },
    {
      room: `lambdas/${service}/database`,
      holds: new RegExp(`^lambdas/${service}/database/`),
      mayImport: [
        "lambdas/core/",
        "lambdas/ports/",
        "lambdas/database/",
        models,
        new RegExp(`^lambdas/(${lower})/database/`),
        "@aws-sdk/",
        "node:",
      ],
    },
    {
      room: `lambdas/${service}/dialect`,
      holds: new RegExp(`^lambdas/${service}/dialects?/`),
      mayImport: [
        "lambdas/core/",
        models,
        "lambdas/http/dialect.ts",
        "lambdas/http/responses.ts",
        "lambdas/http/middleware-refusals.ts",
        // consoles are refused in Nova's words
        ...(service === "console" ? ["lambdas/compute/dialects/nova/refusals.ts"] : []),
      ],
      asTypes: ["lambdas/ports/"],
    },
    {
      room: `lambdas/${service}/<resource>`,
      holds: new RegExp(`^lambdas/${service}/(?!(${inner})/)`),
      mayImport: [
        "lambdas/core/",
        "lambdas/ports/",
        "lambdas/http/",
        models,
        new RegExp(`^lambdas/(${lower})/repositories/`),
        new RegExp(`^lambdas/(${lower})/(?!(${inner})/)`),
        "json-schema-to-ts",
        // loaded on demand (docs/decisions/0019)
        "re2js",
        "node:crypto",
        "node:util",
        "node:zlib",
      ],
    },
  ];
}

export const rules: readonly Rule[] = [
  { room: "lambdas/core", holds: /^lambdas\/core\//, mayImport: [] },
  {
    room: "lambdas/ports",
    holds: /^lambdas\/ports\//,
    mayImport: ["lambdas/core/"],
    asTypes: [/^lambdas\/\w+\/model\//],
  },
  {
    room: "lambdas/database",
    holds: /^lambdas\/database\//,
    mayImport: ["lambdas/core/", "lambdas/ports/", "@aws-sdk/", "node:crypto", "node:zlib"],
  },
  {
    room: "lambdas/http",
    holds: /^lambdas\/http\//,
    mayImport: [
      "lambdas/core/",
      "lambdas/ports/",
      "lambdas/identity/model/identity.ts",
      "@middy/",
      "aws-lambda",
      "json-schema-to-ts",
      "node:",
    ],
    asTypes: [/^lambdas\/\w+\/model\//],
  },
  ...services.flatMap(rulesOf),
  {
    room: "lambdas/services.ts",
    holds: /^lambdas\/services\.ts$/,
    mayImport: [/^lambdas\/\w+\/dialects?\//],
    asTypes: ["lambdas/http/"],
  },
  {
    room: "lambdas/deployed",
    holds: /^lambdas\/deployed\//,
    mayImport: [
      "lambdas/database/",
      /^lambdas\/\w+\/database\//,
      "lambdas/http/",
      "lambdas/identity/authentication/",
      "lambdas/ports/",
      "@aws-sdk/client-secrets-manager",
    ],
  },
  {
    room: "lambdas/provisioning",
    holds: /^lambdas\/provisioning\//,
    mayImport: [
      "lambdas/core/",
      "lambdas/deployed/",
      "lambdas/http/",
      "lambdas/identity/",
      "lambdas/ports/",
      "@aws-sdk/client-secrets-manager",
      "aws-lambda",
      "node:crypto",
    ],
  },
  {
    room: "lambdas/read-register.ts",
    holds: /^lambdas\/read-register\.ts$/,
    mayImport: ["node:fs", "node:path"],
    asTypes: ["lambdas/http/operation.ts"],
  },
  {
    room: "lambdas/register.ts",
    holds: /^lambdas\/register\.ts$/,
    mayImport: ["lambdas/read-register.ts"],
    asTypes: ["lambdas/http/operation.ts"],
  },
  {
    room: "lambdas/functions.ts",
    holds: /^lambdas\/functions\.ts$/,
    mayImport: ["lambdas/core/", "lambdas/register.ts", "lambdas/services.ts"],
    asTypes: ["lambdas/http/operation.ts"],
  },
  {
    room: "lambdas/fallback.ts",
    holds: /^lambdas\/fallback\.ts$/,
    mayImport: ["lambdas/http/", "lambdas/compute/versions/", "aws-lambda"],
  },
  {
    room: "lambdas/single.ts",
    holds: /^lambdas\/single\.ts$/,
    mayImport: [],
    asTypes: ["lambdas/fallback.ts", "lambdas/http/"],
  },
  {
    room: "infra/register",
    holds: /^infra\/register\//,
    mayImport: ["lambdas/functions.ts", "lambdas/read-register.ts", "node:path"],
    asTypes: ["lambdas/http/operation.ts", "esbuild"],
  },
  {
    room: "infra/aws",
    holds: /^infra\/aws\//,
    mayImport: [
      "infra/costs/prices.ts",
      "infra/pages/build.ts",
      "infra/register/",
      "lambdas/functions.ts",
      "lambdas/database/schema.ts",
      "aws-cdk-lib",
      "cdk-nag",
      "constructs",
      "esbuild",
      "node:",
    ],
    asTypes: ["lambdas/http/operation.ts"],
  },
  {
    room: "infra/checks",
    holds: /^infra\/checks\//,
    mayImport: [
      "infra/costs/",
      "infra/local/cloud-login.ts",
      "infra/local/client-exports.ts",
      "node:",
    ],
  },
  {
    room: "infra/costs",
    holds: /^infra\/costs\//,
    mayImport: ["infra/documents/document-sections.ts", "node:fs", "node:path", "node:util"],
  },
  {
    room: "infra/documents",
    holds: /^infra\/documents\//,
    mayImport: ["lambdas/compute/model/", "node:fs", "node:path"],
  },
  {
    room: "infra/pages",
    holds: /^infra\/pages\//,
    mayImport: [
      "lambdas/console/model/bytes.ts",
      "@novnc/novnc",
      "@xterm/xterm",
      "esbuild",
      "node:",
    ],
  },
  {
    room: "infra/local",
    holds: /^infra\/local\//,
    mayImport: [
      "infra/pages/build.ts",
      "infra/pages/exchange-client.ts",
      "lambdas/",
      "@aws-sdk/",
      "aws-lambda",
      "dynalite",
      "node:",
      "ws",
    ],
  },
];
