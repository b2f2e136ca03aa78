import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const deriveKey = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** 16 MiB and about 50 ms per guess. */
const scryptCost = 16_384;

/** Returns `scrypt$N$salt$hash`. A smaller `n` is for passwords that are not secret. */
export async function hashPassword(password: string, n: number = scryptCost): Promise<string> {
  const salt = randomBytes(16);
  const hash = await deriveKey(password, salt, 32, { N: n });
  return ["scrypt", n, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/**
 * An unknown user costs as much as a wrong password. A NUL is no part of any password: scrypt pads
 * with NULs, so that "demo" and "demo\0" would be equal.
 */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
): Promise<boolean> {
  const [, n = String(scryptCost), salt = "", hash = ""] = (stored ?? "").split("$");
  const expected = Buffer.from(hash, "base64url");
  const derived = await deriveKey(password, Buffer.from(salt, "base64url"), 32, { N: Number(n) });
  const isEqual = expected.length === derived.length && timingSafeEqual(expected, derived);
  return isEqual && !password.includes("\0");
}
