import { createHash, generateKeyPair } from "node:crypto";
import { promisify } from "node:util";

const generate = promisify(generateKeyPair);

/** Returns PEM and a line for authorized_keys. */
export async function generateSshKey(): Promise<{ privateKey: string; publicKey: string }> {
  const pair = await generate("rsa", { modulusLength: 2048 });
  const { n = "", e = "" } = pair.publicKey.export({ format: "jwk" });
  const blob = Buffer.concat([
    lengthPrefixed(Buffer.from("ssh-rsa")),
    lengthPrefixed(toMpint(Buffer.from(e, "base64url"))),
    lengthPrefixed(toMpint(Buffer.from(n, "base64url"))),
  ]);
  return {
    privateKey: pair.privateKey.export({ format: "pem", type: "pkcs1" }).toString(),
    publicKey: `ssh-rsa ${blob.toString("base64")} Generated-by-Nova`,
  };
}

/** Returns null for text that is no OpenSSH public key. */
export function sshFingerprint(publicKey: string): string | null {
  const [type = "", encoded = ""] = publicKey.trim().split(/\s+/);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null;
  const blob = Buffer.from(encoded, "base64");
  // the bytes repeat the type that precedes them
  if (blob.length < 8 || blob.readUInt32BE(0) !== type.length) return null;
  if (blob.subarray(4, 4 + type.length).toString() !== type) return null;
  return (createHash("md5").update(blob).digest("hex").match(/../g) ?? []).join(":");
}

/** RFC 4251 §5. */
function lengthPrefixed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A positive mpint starts with a zero bit. */
const toMpint = (bytes: Buffer): Buffer =>
  (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
