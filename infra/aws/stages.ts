import { RemovalPolicy } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";

/** Requests per second, and burst. API Gateway answers more with 429. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** Settings that differ between deployments. */
export interface Settings {
  /** The table can be restored to any second of the last 35 days. */
  readonly backups: boolean;
  /** The table and secrets outlive the stack, and the table cannot be deleted by mistake. */
  readonly keeps: boolean;
  readonly logsFor: RetentionDays;
  /** Requests that functions log: each level includes those before it. */
  readonly logs: "errors" | "mutations" | "all" | "metrics";
  /** MB; CPU grows with memory. */
  readonly memory: {
    readonly standard: number;
    /**
     * MB of functions that check passwords: a whole CPU. It costs no more, because they finish
     * sooner.
     */
    readonly signing: number;
  };
  readonly throttles: {
    /** Default per-route throttle, so that no route exhausts the account's quota. */
    readonly everything: Throttle;
    /** Throttle of each token route: it limits password guesses. */
    readonly tokens: Throttle;
    /** Throttle of each console route: viewers poll. */
    readonly consoles: Throttle;
  };
  readonly alarms: boolean;
  /** Costs $3 a month. */
  readonly dashboard: boolean;
  /** Functions send X-Ray's samples: one request per second and 5 % of the rest. */
  readonly tracing: boolean;
  /** Deleted servers can be restored until they are force-deleted. */
  readonly softDelete: boolean;
  /** Days after the last deployment, written as a tag; null for a stack that stays. */
  readonly livesFor: number | null;
}

/** One function per operation, or one for all, which loads an operation on its first request. */
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

/** dev and pr-<number> are deleted with their data; staging can be restored; prod stays. */
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
  throw new Error(`Unknown stage "${name}": expected dev, pr-<number>, staging or prod.`);
}

export const removalPolicyOf = ({ keeps }: Settings): RemovalPolicy =>
  keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
