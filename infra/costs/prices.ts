interface Price {
  readonly dollars: number;
  /** Of how much that is the price. */
  readonly per: string;
  readonly source: string;
}

const million = 1e6;
const gigabyte = 1e9;

/** On demand, without the free tier, taxes and discounts. */
export const region = "us-east-1";
export const asOf = "2026-11";

/** What nobody here has read: to be looked up before it is relied on. */
const remembered = "memory: look it up";

/** Every price there is here. */
export const prices = {
  gatewayRequests: {
    dollars: 1,
    per: "million HTTP API requests",
    source: "aws.amazon.com/api-gateway/pricing, a copy of 2026-09-20",
  },
  lambdaRequests: { dollars: 0.2, per: "million invocations", source: "price pages of 2025" },
  lambdaTime: {
    dollars: 13.3334,
    per: "million GB-seconds, arm64",
    source: "artillery 2.0.28, lib/platform/aws-lambda/prices.js",
  },
  reads: { dollars: 0.125, per: "million read request units", source: remembered },
  writes: { dollars: 0.625, per: "million write request units", source: remembered },
  stored: { dollars: 0.25, per: "GB-month in DynamoDB", source: remembered },
  backups: { dollars: 0.2, per: "GB-month of point-in-time recovery", source: remembered },
  logs: { dollars: 0.5, per: "GB of log", source: remembered },
  keptLogs: { dollars: 0.03, per: "GB-month of kept log", source: remembered },
  egress: { dollars: 0.09, per: "GB to the internet", source: remembered },
  secret: { dollars: 0.4, per: "secret and month", source: remembered },
  alarm: { dollars: 0.1, per: "alarm and month", source: remembered },
  dashboard: { dollars: 3, per: "dashboard and month", source: remembered },
  metric: { dollars: 0.3, per: "metric of our own and month", source: remembered },
} as const satisfies Record<string, Price>;

/** Dollars for one of what is charged: a request, a unit, a byte (for a month), a thing for a month. */
export const unit = {
  gatewayRequest: prices.gatewayRequests.dollars / million,
  lambdaRequest: prices.lambdaRequests.dollars / million,
  gigabyteSecond: prices.lambdaTime.dollars / million,
  read: prices.reads.dollars / million,
  write: prices.writes.dollars / million,
  storedByte: prices.stored.dollars / gigabyte,
  backedUpByte: prices.backups.dollars / gigabyte,
  loggedByte: prices.logs.dollars / gigabyte,
  keptLogByte: prices.keptLogs.dollars / gigabyte,
  sentByte: prices.egress.dollars / gigabyte,
} as const;
