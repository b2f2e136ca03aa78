import { randomInt } from "node:crypto";

/** Without look-alikes (nova/utils.py:331). */
const passwordAlphabet = "23456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

/** nova/utils.py generate_uid. */
export const uidAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

export const randomText = (length: number, alphabet = passwordAlphabet): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

/** nova/conf/base.py, password_length. */
export const generatePassword = (): string => randomText(12);
