import type { Instant } from "../../core/instant.ts";
import { tokenLifetimeMs } from "../model/identity.ts";
import type { Jwk } from "./tokens.ts";

export interface SigningKey {
  readonly label: string;
  /** With the private part. */
  readonly key: Jwk;
  /** Absent for the current key. */
  readonly retired?: Instant;
}

/** The first key signs. */
export type KeyRing = readonly SigningKey[];

/**
 * Deployed functions sign with a retired key for up to a day, and the last token lives its whole
 * lifetime.
 */
const retiredKeyTtlMs = 24 * 3_600_000 + tokenLifetimeMs;

/** Empty for invalid text. Errors do not quote the secret. */
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
 * Puts the labelled key first, and reuses it if a repeated or rolled-back deployment names it
 * again.
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

export const publicKeysOf = (ring: KeyRing): Jwk[] =>
  ring.map(({ key: { kty, crv, x } }) => ({ kty, crv, x }));
