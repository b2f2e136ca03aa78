import type { Instant } from "../../core/instant.ts";
import { tokenLifetimeMs } from "../model/identity.ts";
import type { Jwk } from "./tokens.ts";

/** A key that tokens are or were signed with. */
export interface SigningKey {
  /** What the deployment that asked for it called it. */
  readonly label: string;
  /** With its private part. */
  readonly key: Jwk;
  /** Since when it is not the one to sign with. */
  readonly retired?: Instant;
}

/** The signing keys as their secret holds them; the first is the one to sign with. */
export type KeyRing = readonly SigningKey[];

/**
 * How long a retired key stays good. Those who sign go on with it until the deployment that retires it
 * reaches them, which a day is ample for, and the last token lives its time after that.
 */
const retiredKeyTtlMs = 24 * 3_600_000 + tokenLifetimeMs;

/** What a secret holds; nothing where it is something else. Says nothing of it: it is a secret. */
export function parseKeyRing(text: string): KeyRing {
  try {
    const ring: unknown = JSON.parse(text);
    return Array.isArray(ring) && ring.every(isSigningKey) ? ring : [];
  } catch {
    return [];
  }
}

function isSigningKey(one: Partial<SigningKey> | null): one is SigningKey {
  return typeof one?.label === "string" && one.key?.crv === "Ed25519" && one.key.d !== undefined;
}

/**
 * The ring with the key of that label first: the one there is, so that a deployment that is rolled back
 * or repeated finds the keys it had, or a new one. Those retired long enough ago are dropped.
 */
export function rotateKeys(
  ring: KeyRing,
  label: string,
  now: Instant,
  createKey: () => Jwk,
): KeyRing {
  const { key } = ring.find((one) => one.label === label) ?? { key: createKey() };
  const others = ring
    .filter((one) => one.label !== label)
    .map((one) => ({ ...one, retired: one.retired ?? now }))
    .filter(({ retired }) => now < retired + retiredKeyTtlMs);
  return [{ label, key }, ...others];
}

/** What may be known of the keys, in their order. */
export const publicKeysOf = (ring: KeyRing): Jwk[] =>
  ring.map(({ key: { kty, crv, x } }) => ({ kty, crv, x }));
