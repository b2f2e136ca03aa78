import { randomInt } from "node:crypto";

/** Without those that are easily taken for another (nova/utils.py:331). */
const alphabet = "23456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

/** nova/utils.py generate_uid. */
export const plain = "0123456789abcdefghijklmnopqrstuvwxyz";

export const letters = (length: number, of = alphabet): string =>
  Array.from({ length }, () => of[randomInt(of.length)]).join("");

/** What a guest's administrator is told once, and nobody keeps (nova/conf/base.py password_length). */
export const newPassword = (): string => letters(12);
