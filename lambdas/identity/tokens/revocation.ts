import type { Instant } from "../../core/instant.ts";
import type { Environment } from "../../http/environment.ts";

/** No function runs longer. */
const longestRunMs = 10_000;

/** Also revokes tokens that are being issued. */
export const revokeIncludingInFlight = (
  { backend }: Environment,
  revocationKey: string,
  now: Instant,
): Promise<void> => backend().revocations.revoke(revocationKey, now + longestRunMs);

/** Later tokens are valid. */
export const revokeIssued = (
  { backend }: Environment,
  revocationKey: string,
  now: Instant,
): Promise<void> => backend().revocations.revoke(revocationKey, now);

/** Called before the resource is enabled or disabled. */
export async function revokeOnEnabledChange(
  environment: Environment,
  revocationKey: string,
  { was, is, now }: { readonly was: boolean; readonly is: boolean; readonly now: Instant },
): Promise<void> {
  if (was && !is) await revokeIncludingInFlight(environment, revocationKey, now);
  if (!was && is) await revokeIssued(environment, revocationKey, now);
}
