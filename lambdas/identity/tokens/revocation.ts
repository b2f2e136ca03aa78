import type { Instant } from "../../core/instant.ts";
import type { Environment } from "../../http/environment.ts";

/** No function runs longer: a login that began before has ended after this. */
const longestRunMs = 10_000;

/** Revokes tokens of a resource about to be deleted, also those being issued now. */
export const revokeIncludingInFlight = (
  { backend }: Environment,
  revocationKey: string,
  now: Instant,
): Promise<void> => backend().revocations.revoke(revocationKey, now + longestRunMs);

/** Revokes the issued tokens; later ones are valid. */
export const revokeIssued = (
  { backend }: Environment,
  revocationKey: string,
  now: Instant,
): Promise<void> => backend().revocations.revoke(revocationKey, now);

/** Revokes tokens of a resource before it is enabled or disabled. */
export async function revokeOnEnabledChange(
  environment: Environment,
  revocationKey: string,
  { was, is, now }: { readonly was: boolean; readonly is: boolean; readonly now: Instant },
): Promise<void> {
  if (was && !is) await revokeIncludingInFlight(environment, revocationKey, now);
  if (!was && is) await revokeIssued(environment, revocationKey, now);
}
