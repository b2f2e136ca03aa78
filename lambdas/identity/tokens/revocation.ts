import type { Instant } from "../../core/instant.ts";
import type { Environment } from "../../http/environment.ts";

/** No function runs for longer, in milliseconds: a login that began before it has ended by then. */
const longestRun = 10_000;

/** Ends the tokens of something that is about to go, those that are just being issued too. */
export const ending = ({ backend }: Environment, mark: string, now: Instant): Promise<void> =>
  backend().revocations.revoke(mark, now + longestRun);

/** Ends the tokens there are; the next ones are good. */
export const renewing = ({ backend }: Environment, mark: string, now: Instant): Promise<void> =>
  backend().revocations.revoke(mark, now);

/** What is done to the tokens of something that is switched off or on, before it is. */
export async function switching(
  world: Environment,
  mark: string,
  { was, is, now }: { readonly was: boolean; readonly is: boolean; readonly now: Instant },
): Promise<void> {
  if (was && !is) await ending(world, mark, now);
  if (!was && is) await renewing(world, mark, now);
}
