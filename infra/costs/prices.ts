interface Price {
  readonly dollars: number;
  /** Of how much that is the price. */
  readonly per: string;
  /** `read` where somebody has; `remembered` is to be looked up before it is relied on. */
  readonly known: "read" | "remembered";
}

const million = 1e6;
const gigabyte = 1e9;

/** On demand, without the free tier, taxes and discounts. */
export const region = "us-east-1";
export const asOf = "2026-11";

/** Every price there is here. Where it was read: the pages named in docs/costs.md. */
export const prices = {
  gatewayRequests: { dollars: 1, per: "million HTTP API requests", known: "read" },
  lambdaRequests: { dollars: 0.2, per: "million invocations", known: "read" },
  lambdaTime: { dollars: 13.3334, per: "million GB-seconds, arm64", known: "read" },
  reads: { dollars: 0.125, per: "million read request units", known: "remembered" },
  writes: { dollars: 0.625, per: "million write request units", known: "remembered" },
  stored: { dollars: 0.25, per: "GB-month in DynamoDB", known: "remembered" },
  backups: { dollars: 0.2, per: "GB-month of point-in-time recovery", known: "remembered" },
  logs: { dollars: 0.5, per: "GB of log", known: "remembered" },
  keptLogs: { dollars: 0.03, per: "GB-month of kept log", known: "remembered" },
  egress: { dollars: 0.09, per: "GB to the internet", known: "remembered" },
  secret: { dollars: 0.4, per: "secret and month", known: "remembered" },
  alarm: { dollars: 0.1, per: "alarm and month", known: "remembered" },
  dashboard: { dollars: 3, per: "dashboard and month", known: "remembered" },
  metric: { dollars: 0.3, per: "metric of our own and month", known: "remembered" },
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
