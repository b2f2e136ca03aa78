import { RemovalPolicy } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";

/** Requests a second, and at once. API Gateway answers what is more with a 429. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** What sets deployments apart from each other. */
export interface Settings {
  /** The table can be put back to any second of the last 35 days. */
  readonly backups: boolean;
  /** What has data outlives its stack, and the table is not deleted by mistake. */
  readonly keeps: boolean;
  readonly logsFor: RetentionDays;
  /** Of its requests, what a function writes a line about: each has all before it. */
  readonly logs: "errors" | "mutations" | "all" | "metrics";
  /** In MB; the share of a processor grows with it. */
  readonly memory: {
    readonly standard: number;
    /** Of those who check passwords: a whole processor. It costs no more, since they are done sooner. */
    readonly signing: number;
  };
  readonly throttles: {
    /** For each route that is neither of these: no one of them uses up what the account's share. */
    readonly everything: Throttle;
    /** For each of the routes to a token: guesses at a password are to be few, and each costs. */
    readonly tokens: Throttle;
    /** For each of the routes of consoles, whose viewers ask all the time. */
    readonly consoles: Throttle;
  };
  readonly alarms: boolean;
  /** $3 a month. */
  readonly dashboard: boolean;
  /** Functions send what X-Ray samples of their calls: a request a second and one in twenty. */
  readonly tracing: boolean;
  /** A server that is deleted can be restored until its delete is forced. */
  readonly softDelete: boolean;
  /** Days after its last deployment, which a stack says in a tag; null for one that stays. */
  readonly livesFor: number | null;
}

/** A function for every operation, or one for all, which loads each when it is asked for. */
export type Packaging = "per-operation" | "single";

export interface Stage extends Settings {
  readonly name: string;
}

const memoryMb = { standard: 512, signing: 1769 };

const shortLived: Settings = {
  backups: false,
  keeps: false,
  logsFor: RetentionDays.ONE_WEEK,
  logs: "mutations",
  memory: memoryMb,
  throttles: {
    everything: { rate: 100, burst: 200 },
    tokens: { rate: 10, burst: 50 },
    consoles: { rate: 50, burst: 100 },
  },
  alarms: false,
  dashboard: false,
  tracing: false,
  softDelete: false,
  livesFor: null,
};

const stagingSettings: Settings = {
  ...shortLived,
  backups: true,
  logsFor: RetentionDays.ONE_MONTH,
  throttles: {
    everything: { rate: 200, burst: 400 },
    tokens: { rate: 20, burst: 100 },
    consoles: { rate: 100, burst: 200 },
  },
};

/** dev and pr-<number> come and go with all they have; staging can be put back; prod stays. */
const stages = {
  dev: shortLived,
  pr: { ...shortLived, livesFor: 14 },
  staging: stagingSettings,
  prod: {
    ...stagingSettings,
    keeps: true,
    logsFor: RetentionDays.THREE_MONTHS,
    throttles: {
      everything: { rate: 500, burst: 1_000 },
      tokens: { rate: 50, burst: 200 },
      consoles: { rate: 250, burst: 500 },
    },
    alarms: true,
    dashboard: true,
  },
} as const satisfies Record<string, Settings>;

export function stageNamed(name: string): Stage {
  if (/^pr-\d+$/.test(name)) return { name, ...stages.pr };
  if (name === "dev" || name === "staging" || name === "prod") return { name, ...stages[name] };
  throw new Error(`No stage ${name}: there are dev, pr-<number>, staging and prod.`);
}

export const removalPolicyOf = ({ keeps }: Settings): RemovalPolicy =>
  keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
