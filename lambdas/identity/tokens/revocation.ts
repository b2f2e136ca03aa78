import type { Instant } from "../../core/instant.ts";
import type { Environment } from "../../http/environment.ts";

/** No function runs longer: a login that began before has ended after this. */
const longestRun = 10_000;

/** Revokes tokens of a resource about to be deleted, also those being issued now. */
export const ending = ({ backend }: Environment, mark: string, now: Instant): Promise<void> =>
  backend().revocations.revoke(mark, now + longestRun);

/** Revokes the issued tokens; later ones are valid. */
export const renewing = ({ backend }: Environment, mark: string, now: Instant): Promise<void> =>
  backend().revocations.revoke(mark, now);

/** Revokes tokens of a resource before it is enabled or disabled. */
export async function switching(
  world: Environment,
  mark: string,
  { was, is, now }: { readonly was: boolean; readonly is: boolean; readonly now: Instant },
): Promise<void> {
  if (was && !is) await ending(world, mark, now);
  if (!was && is) await renewing(world, mark, now);
}
