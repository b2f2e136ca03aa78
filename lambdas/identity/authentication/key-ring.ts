import type { Instant } from "../../core/instant.ts";
import { tokenLifetimeMs } from "../model/identity.ts";
import type { Jwk } from "./tokens.ts";

/** A key that signs tokens, or signed them. */
export interface SigningKey {
  /** The deployment's name for the key. */
  readonly label: string;
  /** With the private part. */
  readonly key: Jwk;
  /** When another key replaced it; absent for the current key. */
  readonly retired?: Instant;
}

/** The keys in the secret; the first one signs. */
export type KeyRing = readonly SigningKey[];

/**
 * A retired key verifies this long: functions deployed earlier sign with it until their own update,
 * within a day, and the last token lives for its whole lifetime.
 */
const retiredKeyTtlMs = 24 * 3_600_000 + tokenLifetimeMs;

/** Parses the secret; empty for other content. Errors do not quote it. */
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
 * The ring with the labelled key first: the existing one, so that a repeated or rolled-back
 * deployment finds its keys, or a new one. Drops keys that retired long enough ago.
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

/** Public parts of the keys, in order. */
export const publicKeysOf = (ring: KeyRing): Jwk[] =>
  ring.map(({ key: { kty, crv, x } }) => ({ kty, crv, x }));
