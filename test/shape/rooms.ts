/** The services, each may import those before it. */
export const services = ["identity", "image", "network", "volume", "compute", "console"] as const;
export type ServiceName = (typeof services)[number];

/** What one room may import besides itself: path prefixes, or patterns where a prefix cannot say it. */
export interface Rule {
  readonly room: string;
  readonly holds: RegExp;
  readonly mayImport: readonly (string | RegExp)[];
  /** Importable as types only. */
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
        new RegExp(`^lambdas/${service}/dialects?/`),
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
];
