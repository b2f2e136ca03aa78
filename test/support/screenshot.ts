import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { root } from "./start-process.ts";

/** Brightness, one byte per pixel. */
export interface Screenshot {
  readonly width: number;
  readonly height: number;
  readonly brightnessAt: (x: number, y: number) => number;
}

/** A binary PPM or PGM, as written by netpbm and djpeg. */
export function parsePnm(bytes: Buffer): Screenshot {
  const head = /^P([56])\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 64).toString("latin1"));
  if (!head) throw new Error("This is no PNM of 8 bits.");
  const [depth, width, height] = [head[1] === "6" ? 3 : 1, Number(head[2]), Number(head[3])];
  const start = head[0].length;
  return { width, height, brightnessAt: (x, y) => bytes[start + (y * width + x) * depth] ?? 0 };
}

/** Xvfb's screen from its XWD file (X11/XWDFile.h): 32 bits per pixel. */
export function readXvfbScreen(file: string): Screenshot {
  const bytes = readFileSync(file);
  const word = (i: number) => bytes.readUInt32BE(4 * i);
  const [width, height, line] = [word(4), word(5), word(12)];
  const start = word(0) + word(19) * 12;
  return { width, height, brightnessAt: (x, y) => bytes[start + y * line + x * 4 + 1] ?? 0 };
}

export function saveScreenshot(name: string, { width, height, brightnessAt }: Screenshot): void {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = brightnessAt(x, y);
  const folder = join(root, "test/artifacts");
  mkdirSync(folder, { recursive: true });
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const parts = [signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows))];
  writeFileSync(join(folder, name), Buffer.concat([...parts, chunk("IEND", Buffer.alloc(0))]));
}
