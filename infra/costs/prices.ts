interface Price {
  readonly dollars: number;
  /** The unit of the price. */
  readonly unit: string;
  readonly source: string;
}

const million = 1e6;
const gigabyte = 1e9;

/** On demand, without free tier, taxes and discounts. */
export const pricesRegion = "us-east-1";
export const pricesMonth = "2026-11";

/** A price from memory: look it up before you rely on it. */
const unverified = "memory: look it up";

/** Every price used here. */
export const prices = {
  gatewayRequests: {
    dollars: 1,
    unit: "million HTTP API requests",
    source: "aws.amazon.com/api-gateway/pricing, a copy of 2026-09-20",
  },
  lambdaRequests: { dollars: 0.2, unit: "million invocations", source: "price pages of 2025" },
  lambdaTime: {
    dollars: 13.3334,
    unit: "million GB-seconds, arm64",
    source: "artillery 2.0.28, lib/platform/aws-lambda/prices.js",
  },
  reads: { dollars: 0.125, unit: "million read request units", source: unverified },
  writes: { dollars: 0.625, unit: "million write request units", source: unverified },
  stored: { dollars: 0.25, unit: "GB-month in DynamoDB", source: unverified },
  backups: { dollars: 0.2, unit: "GB-month of point-in-time recovery", source: unverified },
  logs: { dollars: 0.5, unit: "GB of log", source: unverified },
  keptLogs: { dollars: 0.03, unit: "GB-month of kept log", source: unverified },
  egress: { dollars: 0.09, unit: "GB to the internet", source: unverified },
  secret: { dollars: 0.4, unit: "secret and month", source: unverified },
  alarm: { dollars: 0.1, unit: "alarm and month", source: unverified },
  dashboard: { dollars: 3, unit: "dashboard and month", source: unverified },
  metric: { dollars: 0.3, unit: "metric of our own and month", source: unverified },
} as const satisfies Record<string, Price>;

/** Dollars for one request, unit, byte-month or item-month. */
export const unitPrices = {
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
