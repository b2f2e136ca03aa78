import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const deriveKey = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** N of scrypt: 16 MiB and about 50 ms a guess. */
const scryptCost = 16_384;

/** `scrypt$N$salt$hash`. A cheaper `n` is for passwords that are no secret. */
export async function hashPassword(password: string, n: number = scryptCost): Promise<string> {
  const salt = randomBytes(16);
  const hash = await deriveKey(password, salt, 32, { N: n });
  return ["scrypt", n, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Whether the password is the hash's. A hash of none costs as much as one that is wrong. */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
): Promise<boolean> {
  const [, n = String(scryptCost), salt = "", hash = ""] = (stored ?? "").split("$");
  const expected = Buffer.from(hash, "base64url");
  const derived = await deriveKey(password, Buffer.from(salt, "base64url"), 32, { N: Number(n) });
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}
