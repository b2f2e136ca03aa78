import type { Instant } from "../../core/instant.ts";

/** A public key under a name of its user's; the private one is told once and never kept. */
export interface Keypair {
  readonly user: string;
  readonly name: string;
  readonly type: "ssh" | "x509";
  /** One line as OpenSSH writes it; of x509 the certificate in PEM. */
  readonly publicKey: string;
  /** MD5 of the key's bytes, or SHA-1 of the certificate's: hex pairs with colons between. */
  readonly fingerprint: string;
  readonly created: Instant;
}

/** Nova's is the number of a row; here it is one that hardly any two have in common (FNV-1a, 31 bits). */
export function numericId({ user, name, created }: Keypair): number {
  let hash = 0x811c9dc5;
  for (const char of `${user} ${name} ${created}`)
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 1) + 1;
}
