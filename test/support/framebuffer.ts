import { constants, inflateSync } from "node:zlib";

/** Pixels. */
export const screenSize = { width: 640, height: 384 } as const;

export interface PixelFormat {
  readonly bitsPerPixel: number;
  readonly depth: number;
  readonly isBigEndian: boolean;
  readonly max: readonly number[];
  readonly shift: readonly number[];
}

/** The text color; the rest is black. */
const foreground = [208, 208, 208];

const unpainted = 2;

export function createFramebuffer() {
  const pixels = new Uint8Array(screenSize.width * screenSize.height).fill(unpainted);
  const rectangles: number[] = [];
  const otherMessages: number[][] = [];

  function take(bytes: Uint8Array, format: PixelFormat): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    const u8 = () => view.getUint8(at++);
    const u16 = () => (u8() << 8) | u8();
    const some = (length: number) => {
      if (at + length > bytes.length) throw new Error("The message is cut off.");
      at += length;
      return bytes.subarray(at - length, at);
    };
    const bitOf = (color: readonly number[]): number => {
      const is = (wanted: readonly number[]) => color.every((part, i) => part === wanted[i]);
      const most = (i: number) => format.max[i] ?? 0;
      if (is(foreground.map((part, i) => Math.round((part * most(i)) / 255)))) return 1;
      if (is([0, 0, 0])) return 0;
      throw new Error(`No such color is on the screen: ${color}`);
    };
    const known = new Map<number, number>();
    const bitIn = (value: number): number => {
      const color = format.max.map(
        (max, i) => Math.floor(value / 2 ** (format.shift[i] ?? 0)) & max,
      );
      const bit = bitOf(color);
      known.set(value, bit);
      return bit;
    };
    const pixel = (): number => {
      let value = 0;
      const length = format.bitsPerPixel / 8;
      for (let i = 0; i < length; i++)
        value += u8() * 2 ** (8 * (format.isBigEndian ? length - 1 - i : i));
      return known.get(value) ?? bitIn(value);
    };
    const isPacked =
      format.bitsPerPixel === 32 && format.depth === 24 && format.max.every((m) => m === 255);
    const tightPixel = () => (isPacked ? bitOf([...some(3)]) : pixel());
    const compactLength = () => {
      let length = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = u8();
        length |= (shift < 14 ? byte & 0x7f : byte) << shift;
        if (byte < 0x80 || shift === 14) return length;
      }
    };
    const paint = (x: number, y: number, width: number, height: number, bit: () => number) => {
      if (x + width > screenSize.width || y + height > screenSize.height)
        throw new Error("Out of the picture.");
      for (let row = y; row < y + height; row++)
        for (let column = x; column < x + width; column++)
          pixels[row * screenSize.width + column] = bit();
    };
    const tight = (x: number, y: number, width: number, height: number) => {
      // An explicit filter, and a reset of stream 0.
      if (u8() !== 0x41 || u8() !== 1) throw new Error("Not Tight with a palette.");
      const palette = Array.from({ length: u8() + 1 }, tightPixel);
      const wanted = (width / 8) * height;
      const packed = wanted < 12 ? some(wanted) : some(compactLength());
      const bits =
        wanted < 12 ? packed : inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
      if (bits.length !== wanted) throw new Error("The rectangle has too few pixels, or too many.");
      let i = 0;
      paint(x, y, width, height, () => {
        const bit = ((bits[i >> 3] ?? 0) >> (7 - (i & 7))) & 1;
        i++;
        return palette[bit] ?? unpainted;
      });
    };
    const copy = (x: number, y: number, width: number, height: number) => {
      const [fromX, fromY] = [u16(), u16()];
      const was = pixels.slice();
      let i = 0;
      paint(x, y, width, height, () => {
        const row = fromY + Math.floor(i / width);
        const column = fromX + (i++ % width);
        return was[row * screenSize.width + column] ?? unpainted;
      });
    };
    while (at < bytes.length) {
      const kind = u8();
      if (kind !== 0) {
        otherMessages.push(kind === 250 ? [kind, ...some(3)] : [kind]);
        continue;
      }
      some(1);
      for (let count = u16(); count > 0; count--) {
        const [x, y, width, height] = [u16(), u16(), u16(), u16()];
        const encoding = (u16() << 16) | u16();
        rectangles.push(encoding);
        if (encoding === 0) paint(x, y, width, height, pixel);
        else if (encoding === 1) copy(x, y, width, height);
        else if (encoding === 7) tight(x, y, width, height);
        else throw new Error(`Nobody asked for encoding ${encoding}.`);
      }
    }
  }

  return {
    take,
    rectangles,
    others: otherMessages,
    /** One bit per pixel, once all are painted. */
    bits(): Uint8Array {
      if (pixels.includes(unpainted)) throw new Error("Not all of the picture was painted.");
      const bits = new Uint8Array(pixels.length / 8);
      pixels.forEach((bit, i) => {
        bits[i >> 3] = ((bits[i >> 3] ?? 0) << 1) | bit;
      });
      return bits;
    },
  };
}
