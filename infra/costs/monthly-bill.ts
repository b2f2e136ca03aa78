import { measuredUsage, storedKbPerServer } from "./measured-usage.ts";
import { prices, unitPrices } from "./prices.ts";
import {
  type Cost,
  costOfRequest,
  loggedBytes,
  type RequestMix,
  sharesOf,
} from "./request-cost.ts";

/** Seconds of AWS's month: 730 hours. */
export const secondsPerMonth = 730 * 3_600;

/** The requests of clients that wait for servers: mostly reads. */
export const usualMix: RequestMix = {
  "show a server": 60,
  "list 100 servers with details": 10,
  "list ports": 5,
  "list flavors": 5,
  "list images": 5,
  "issue a token": 4,
  "start a server": 3,
  "stop a server": 3,
  "create a server": 2,
  "delete a server": 2,
  "get a console": 1,
};

/** Seconds between polls of an open console page without input. */
export const consolePollSeconds = 10;

export interface MonthlyUse {
  readonly servers: number;
  /** Requests per second, on average. */
  readonly rps: number;
  readonly mix?: RequestMix;
  /** Open consoles, on average. */
  readonly consoles: number;
  /** MB of each function. */
  readonly memory: number;
  readonly backups: boolean;
  /** Days of log retention. */
  readonly logDays: number;
  readonly secrets: number;
  readonly alarms: number;
  readonly dashboards: number;
  readonly metrics: number;
}

/** `secrets`: the signing key and the first administrator's password. */
export const idleUse: MonthlyUse = {
  servers: 0,
  rps: 0,
  consoles: 0,
  memory: 512,
  backups: false,
  logDays: 7,
  secrets: 2,
  alarms: 0,
  dashboards: 0,
  metrics: 0,
};

/** A month's bill in dollars, by line. */
export type Bill = Readonly<Record<keyof Cost | "storage" | "keptLogs" | "fixed", number>>;

export function billOf(use: MonthlyUse): Bill {
  const requestRates = [
    ...sharesOf(use.mix ?? usualMix).map(([request, share]) => [request, share * use.rps] as const),
    ["a look at a console", use.consoles / consolePollSeconds] as const,
  ].map(([request, rps]) => ({
    cost: costOfRequest(request, use.memory),
    logged: loggedBytes(measuredUsage[request]),
    times: rps * secondsPerMonth,
  }));
  const sumOfPart = (part: keyof Cost) =>
    requestRates.reduce((sum, { cost, times }) => sum + cost[part] * times, 0);
  const loggedTotalBytes = requestRates.reduce(
    (sum, { logged: loggedTotalBytes, times }) => sum + loggedTotalBytes * times,
    0,
  );
  return {
    gateway: sumOfPart("gateway"),
    invocation: sumOfPart("invocation"),
    time: sumOfPart("time"),
    database: sumOfPart("database"),
    logs: sumOfPart("logs"),
    egress: sumOfPart("egress"),
    storage:
      use.servers *
      storedKbPerServer *
      1_000 *
      (unitPrices.storedByte + (use.backups ? unitPrices.backedUpByte : 0)),
    keptLogs:
      ((loggedTotalBytes * use.logDays * 86_400) / secondsPerMonth) * unitPrices.keptLogByte,
    fixed:
      use.secrets * prices.secret.dollars +
      use.alarms * prices.alarm.dollars +
      use.dashboards * prices.dashboard.dollars +
      use.metrics * prices.metric.dollars,
  };
}

export const totalOf = (bill: Bill): number =>
  Object.values(bill).reduce((sum, line) => sum + line, 0);
