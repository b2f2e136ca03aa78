import type { Stage } from "./stages.ts";

/** Tags that infra/aws/list-expired-stacks.ts reads. */
export const tagNames = {
  stage: "novaless:stage",
  /** The first day on which a stack may be deleted. */
  expires: "novaless:expires",
  /** Without a day: days after the last deployment. */
  livesFor: "novaless:lives-for-days",
} as const;

/** Tags of a stage's stack. No clock is read, so that synthesis is reproducible. */
export function stackTags({ name, livesFor }: Stage, expires?: string): Record<string, string> {
  if (expires !== undefined && !isIsoDate(expires))
    throw new Error(`Invalid date "${expires}": expected YYYY-MM-DD.`);
  return {
    [tagNames.stage]: name,
    ...(expires !== undefined && { [tagNames.expires]: expires }),
    ...(expires === undefined && livesFor !== null && { [tagNames.livesFor]: String(livesFor) }),
  };
}

/** A stack in the output of `aws cloudformation describe-stacks`. */
export interface StackDescription {
  readonly StackName: string;
  readonly CreationTime: string;
  readonly LastUpdatedTime?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Stacks that are expired on a day; a stack without either tag never expires. */
export function expiredStacks(day: string, stacks: readonly StackDescription[]): string[] {
  if (!isIsoDate(day)) throw new Error(`Invalid date "${day}": expected YYYY-MM-DD.`);
  return stacks
    .filter(({ Tags = [], CreationTime, LastUpdatedTime = CreationTime }) => {
      const tags = new Map(Tags.map(({ Key, Value }) => [Key, Value]));
      if (!tags.has(tagNames.stage)) return false;
      const expires = tags.get(tagNames.expires) ?? expiryDate(LastUpdatedTime, tags);
      return expires !== null && isIsoDate(expires) && expires <= day;
    })
    .map(({ StackName }) => StackName);
}

function expiryDate(instant: string, tags: ReadonlyMap<string, string>): string | null {
  const days = tags.get(tagNames.livesFor);
  if (days === undefined || !/^\d{1,4}$/.test(days)) return null;
  const end = Date.parse(instant) + Number(days) * 86_400_000;
  return Number.isNaN(end) ? null : new Date(end).toISOString().slice(0, 10);
}

const isIsoDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
