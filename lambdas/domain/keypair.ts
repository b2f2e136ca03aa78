import type { Instant } from "./lifecycle.ts";

/** A public key under a name of its user's; the private one is told once and never kept. */
export interface Keypair {
  readonly user: string;
  readonly name: string;
  /** One line as OpenSSH writes it. */
  readonly publicKey: string;
  /** MD5 of the key's bytes, sixteen hex pairs with colons between. */
  readonly fingerprint: string;
  readonly created: Instant;
}

/** nova/conf/quota.py key_pairs. */
export const keypairQuota = 100;
