/** The subset of ASN.1 DER (X.690) that a certificate needs. */
type Bytes = Uint8Array;

function derTag(tag: number, content: Bytes): Bytes {
  const { length } = content;
  const head =
    length < 0x80 ? [length] : [0x80 | bigEndianBytes(length).length, ...bigEndianBytes(length)];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

function bigEndianBytes(number: number): number[] {
  const hex = number.toString(16);
  return [...Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex")];
}

export const sequence = (...items: readonly Bytes[]): Bytes => derTag(0x30, Buffer.concat(items));

export const set = (...items: readonly Bytes[]): Bytes => derTag(0x31, Buffer.concat(items));

/** A context-specific constructed value. */
export const explicit = (number: number, content: Bytes): Bytes => derTag(0xa0 | number, content);

/** A positive integer starts with a zero bit. */
export const integer = (bytes: Bytes): Bytes =>
  derTag(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);

export const smallInteger = (value: number): Bytes => integer(Buffer.from(bigEndianBytes(value)));

export const octetString = (content: Bytes): Bytes => derTag(0x04, content);

export const bitString = (content: Bytes): Bytes =>
  derTag(0x03, Buffer.concat([Buffer.alloc(1), content]));

export const utf8 = (text: string): Bytes => derTag(0x0c, Buffer.from(text));

export const nullValue: Bytes = derTag(0x05, Buffer.alloc(0));

/** UTCTime, in seconds, until 2049. */
export const utcTime = (instant: number): Bytes =>
  derTag(0x17, Buffer.from(`${new Date(instant).toISOString().replace(/\D/g, "").slice(2, 14)}Z`));

/** Two arcs in the first byte, the others in base 128. */
export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  const sevens = (value: number): number[] =>
    value < 0x80 ? [value] : [...sevens(Math.floor(value / 0x80)), value % 0x80];
  const coded = others.flatMap((one) => {
    const parts = sevens(one);
    return parts.map((part, i) => (i < parts.length - 1 ? part | 0x80 : part));
  });
  return derTag(0x06, Buffer.from([first * 40 + second, ...coded]));
}
