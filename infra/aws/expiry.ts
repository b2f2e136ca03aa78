import type { Stage } from "./stages.ts";

/** What `infra/aws/expired.ts` looks for on stacks that are there. */
export const tagNames = {
  stage: "novaless:stage",
  /** The day from which on a stack may be cleaned up. */
  expires: "novaless:expires",
  /** Where no day was said: how many days after it was deployed last. */
  livesFor: "novaless:lives-for-days",
} as const;

/** The tags of a stage's stack. No clock is asked: what is synthesized twice is the same twice. */
export function stackTags({ name, livesFor }: Stage, expires?: string): Record<string, string> {
  if (expires !== undefined && !isIsoDate(expires))
    throw new Error(`"${expires}" is no day: one is like 2026-12-31.`);
  return {
    [tagNames.stage]: name,
    ...(expires !== undefined && { [tagNames.expires]: expires }),
    ...(expires === undefined && livesFor !== null && { [tagNames.livesFor]: String(livesFor) }),
  };
}

/** A stack as `aws cloudformation describe-stacks` tells of it. */
export interface StackDescription {
  readonly StackName: string;
  readonly CreationTime: string;
  readonly LastUpdatedTime?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Those whose time is up on a day; what says neither when nor how long has all the time there is. */
export function expiredStacks(day: string, stacks: readonly StackDescription[]): string[] {
  if (!isIsoDate(day)) throw new Error(`"${day}" is no day: one is like 2026-12-31.`);
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
