import { RemovalPolicy } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";

/** What sets a deployment apart from the others. */
export interface Stage {
  readonly name: string;
  /** The table can be put back to any second of the last 35 days. */
  readonly backups: boolean;
  /** What has data outlives its stack, and the table is not deleted by mistake. */
  readonly keeps: boolean;
  readonly logsFor: RetentionDays;
}

const short = { backups: false, keeps: false, logsFor: RetentionDays.ONE_WEEK };

/** dev and pr-<number> come and go with all they have; staging can be put back; prod stays. */
export function stageNamed(name: string): Stage {
  if (name === "dev" || /^pr-\d+$/.test(name)) return { name, ...short };
  if (name === "staging")
    return { name, backups: true, keeps: false, logsFor: RetentionDays.ONE_MONTH };
  if (name === "prod")
    return { name, backups: true, keeps: true, logsFor: RetentionDays.THREE_MONTHS };
  throw new Error(`No stage ${name}: there are dev, pr-<number>, staging and prod.`);
}

export const removalOf = ({ keeps }: Stage): RemovalPolicy =>
  keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
