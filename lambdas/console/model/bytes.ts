export const u16 = (value: number): number[] => [value >> 8, value & 0xff];

export const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** JSON stores bytes as text: one Latin-1 character each. */
export const latin1ToBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (char) => char.charCodeAt(0));

export const bytesToLatin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
