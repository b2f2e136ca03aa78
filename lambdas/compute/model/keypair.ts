import type { Instant } from "../../core/instant.ts";

/** The private key is returned once and never stored. */
export interface Keypair {
  readonly user: string;
  readonly name: string;
  readonly type: "ssh" | "x509";
  /** OpenSSH format; the PEM certificate of x509. */
  readonly publicKey: string;
  /** MD5 of the key, SHA-1 of a certificate: hex pairs separated by colons. */
  readonly fingerprint: string;
  readonly created: Instant;
}

/** Replaces Nova's row number: 31 bits of FNV-1a, so that collisions are rare. */
export function numericId({ user, name, created }: Keypair): number {
  let hash = 0x811c9dc5;
  for (const char of `${user} ${name} ${created}`)
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 1) + 1;
}
