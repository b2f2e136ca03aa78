import { counted, storedPerServer } from "./counted.ts";
import { prices, unit } from "./prices.ts";
import { type Cost, costOf, loggedBytes, type Mix, sharesOf } from "./request.ts";

/** Seconds of the month that AWS reckons with: 730 hours. */
export const month = 730 * 3_600;

/** What clients that wait for servers ask for: most of it is looking. */
export const usualMix: Mix = {
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

/** A page that is looked at and not typed into asks this often, in seconds. */
export const lookEvery = 10;

export interface Use {
  readonly servers: number;
  /** Requests a second, day and night. */
  readonly rps: number;
  readonly mix?: Mix;
  /** Consoles that are open, day and night. */
  readonly consoles: number;
  /** Megabytes of each function. */
  readonly memory: number;
  readonly backups: boolean;
  /** Days that logs are kept. */
  readonly logDays: number;
  readonly secrets: number;
  readonly alarms: number;
  readonly dashboards: number;
  readonly metrics: number;
}

/** `secrets`: the key that tokens are signed with, and the first administrator's password. */
export const idle: Use = {
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

/** The bill of a month, in dollars, by line. */
export type Bill = Readonly<Record<keyof Cost | "storage" | "keptLogs" | "fixed", number>>;

export function billOf(use: Use): Bill {
  const asked = [
    ...sharesOf(use.mix ?? usualMix).map(([request, share]) => [request, share * use.rps] as const),
    ["a look at a console", use.consoles / lookEvery] as const,
  ].map(([request, rps]) => ({
    cost: costOf(request, use.memory),
    logged: loggedBytes(counted[request]),
    times: rps * month,
  }));
  const all = (part: keyof Cost) =>
    asked.reduce((sum, { cost, times }) => sum + cost[part] * times, 0);
  const logged = asked.reduce((sum, { logged, times }) => sum + logged * times, 0);
  return {
    gateway: all("gateway"),
    invocation: all("invocation"),
    time: all("time"),
    database: all("database"),
    logs: all("logs"),
    egress: all("egress"),
    storage:
      use.servers *
      storedPerServer *
      1_000 *
      (unit.storedByte + (use.backups ? unit.backedUpByte : 0)),
    keptLogs: ((logged * use.logDays * 86_400) / month) * unit.keptLogByte,
    fixed:
      use.secrets * prices.secret.dollars +
      use.alarms * prices.alarm.dollars +
      use.dashboards * prices.dashboard.dollars +
      use.metrics * prices.metric.dollars,
  };
}

export const totalOf = (bill: Bill): number =>
  Object.values(bill).reduce((sum, line) => sum + line, 0);
