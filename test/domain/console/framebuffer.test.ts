import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBitmap, wholeScreen } from "../../../lambdas/console/model/pixels.ts";
import { blankScreen, type Screen, writeText } from "../../../lambdas/console/model/screen.ts";
import type { PixelFormat } from "../../support/framebuffer.ts";
import {
  createRfbViewer,
  defaultPixelFormat,
  encoding,
  rfbMessages,
} from "../../support/rfb-viewer.ts";

/** Any valid format: color bits adjacent, in any order, with unused bits. */
const anyPixelFormat: fc.Arbitrary<PixelFormat> = fc
  .record({
    bitsPerPixel: fc.constantFrom(8, 16, 32),
    isBigEndian: fc.boolean(),
    wide: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)),
    order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    at: fc.nat(31),
  })
  .map(({ bitsPerPixel: bits, isBigEndian: bigEndian, wide, order, at }) => {
    const most = Math.floor(bits / 3);
    const widths = wide.map((width) => 1 + (width % most));
    const depth = widths.reduce((sum, width) => sum + width, 0);
    const shift = [0, 0, 0];
    let next = at % (bits - depth + 1);
    for (const color of order) {
      shift[color] = next;
      next += widths[color] ?? 0;
    }
    return {
      bitsPerPixel: bits,
      depth,
      isBigEndian: bigEndian,
      max: widths.map((width) => 2 ** width - 1),
      shift,
    };
  });

const commonPixelFormats: PixelFormat[] = [
  defaultPixelFormat,
  { ...defaultPixelFormat, shift: [0, 8, 16] },
  { ...defaultPixelFormat, isBigEndian: true, shift: [24, 16, 8] },
  // TigerVNC's three lowest formats, and BGR233.
  { bitsPerPixel: 8, depth: 3, isBigEndian: false, max: [1, 1, 1], shift: [2, 1, 0] },
  { bitsPerPixel: 8, depth: 6, isBigEndian: false, max: [3, 3, 3], shift: [4, 2, 0] },
  { bitsPerPixel: 8, depth: 8, isBigEndian: false, max: [7, 7, 3], shift: [0, 3, 6] },
  { bitsPerPixel: 16, depth: 16, isBigEndian: true, max: [31, 63, 31], shift: [11, 5, 0] },
  { bitsPerPixel: 32, depth: 30, isBigEndian: false, max: [1023, 1023, 1023], shift: [20, 10, 0] },
];

const writtenText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 100 }),
  fc.constantFrom("\n", "\r", "\b \b", "\f", "\n\n\n", "x"),
  fc.array(fc.string({ maxLength: 30 }), { maxLength: 30 }).map((lines) => lines.join("\n")),
);

const encodingSets = fc.constantFrom(
  [],
  [encoding.copyRect],
  [encoding.tight],
  [encoding.tight, encoding.copyRect, encoding.continuous],
  [encoding.copyRect, encoding.raw, encoding.xvp],
);

const fullScreen = (from: number): Screen =>
  writeText(
    blankScreen,
    Array.from({ length: 24 }, (_, i) => `row ${from + i} of many`).join("\n"),
  );

const isShowing = ({ buffer }: ReturnType<typeof createRfbViewer>, screen: Screen): boolean =>
  Buffer.from(buffer.bits()).equals(toBitmap(screen, wholeScreen));

describe("an update", () => {
  test("property: makes the viewer's picture equal the screen, in any encodings and pixel formats", () => {
    fc.assert(
      fc.property(
        encodingSets,
        fc.oneof(fc.constantFrom(...commonPixelFormats), anyPixelFormat),
        fc.array(writtenText, { maxLength: 8 }),
        (encodings, format, texts) => {
          const viewer = createRfbViewer();
          viewer.ask(format);
          viewer.say(rfbMessages.encodings(...encodings), rfbMessages.update(false));
          let screen = blankScreen;
          viewer.see(screen);
          for (const text of texts) {
            screen = writeText(screen, text);
            viewer.say(rfbMessages.update(true));
            viewer.see(screen);
            expect(isShowing(viewer, screen)).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  for (const format of commonPixelFormats)
    test(`is equal in ${format.bitsPerPixel} bits of depth ${format.depth}, ${format.isBigEndian ? "big" : "little"} end first, by Raw and by Tight`, () => {
      const screen = writeText(blankScreen, "How vexingly quick daft zebras jump! 0123456789 {|}~");
      for (const encodings of [[encoding.raw], [encoding.tight]]) {
        const viewer = createRfbViewer();
        viewer.ask(format);
        viewer.say(rfbMessages.encodings(...encodings), rfbMessages.update(false));
        viewer.see(screen);
        expect(viewer.buffer.rectangles).toEqual(encodings);
        expect(isShowing(viewer, screen)).toBe(true);
      }
    });

  test("after scrolling by a row is a copy and the new row", () => {
    const viewer = createRfbViewer();
    viewer.say(rfbMessages.encodings(encoding.tight, encoding.copyRect), rfbMessages.update(false));
    const repaint = viewer.see(fullScreen(0));
    for (const by of [1, 5]) {
      viewer.say(rfbMessages.update(true));
      viewer.buffer.rectangles.length = 0;
      const screen = fullScreen(by);
      const sent = viewer.see(screen);
      expect(viewer.buffer.rectangles[0]).toBe(encoding.copyRect);
      expect(sent).toBeLessThan(repaint / 2);
      expect(isShowing(viewer, screen)).toBe(true);
    }
  });

  test("property: copies correctly for any cursor and equal lines", () => {
    let copies = 0;
    const line = fc.constantFrom("", "a", "b", "web login: root", "=".repeat(80));
    const full = fc.array(line, { minLength: 20, maxLength: 26 });
    const at = fc.record({ x: fc.nat(80), y: fc.nat(23) });
    fc.assert(
      fc.property(full, at, fc.array(line, { maxLength: 12 }), at, (lines, from, more, to) => {
        const before = { ...writeText(blankScreen, lines.join("\n")), ...from };
        const after = { ...writeText({ ...before, x: 0, y: 23 }, `\n${more.join("\n")}`), ...to };
        const viewer = createRfbViewer();
        viewer.say(
          rfbMessages.encodings(encoding.tight, encoding.copyRect),
          rfbMessages.update(false),
        );
        viewer.see(before);
        viewer.say(rfbMessages.update(true));
        viewer.see(after);
        copies += viewer.buffer.rectangles.filter((each) => each === encoding.copyRect).length;
        expect(isShowing(viewer, after)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(copies).toBeGreaterThan(50);
  });

  test("copies only after scrolling, and only for a viewer that supports it", () => {
    for (const [encodings, next] of [
      [[encoding.tight], fullScreen(1)],
      [
        [encoding.tight, encoding.copyRect],
        writeText(blankScreen, "something else\nand more\nand more"),
      ],
      [[encoding.tight, encoding.copyRect], writeText(fullScreen(0), "x")],
    ] as const) {
      const viewer = createRfbViewer();
      viewer.say(rfbMessages.encodings(...encodings), rfbMessages.update(false));
      viewer.see(fullScreen(0));
      viewer.say(rfbMessages.update(true));
      viewer.see(next);
      expect(viewer.buffer.rectangles).not.toContain(encoding.copyRect);
      expect(isShowing(viewer, next)).toBe(true);
    }
  });

  test("after one key is one small rectangle", () => {
    const viewer = createRfbViewer();
    viewer.say(rfbMessages.encodings(encoding.tight), rfbMessages.update(false));
    viewer.see(blankScreen);
    viewer.say(rfbMessages.update(true));
    viewer.buffer.rectangles.length = 0;
    expect(viewer.see(writeText(blankScreen, "k"))).toBeLessThan(64);
    expect(viewer.buffer.rectangles).toEqual([encoding.tight]);
  });
});

describe("a viewer that requests an update receives", () => {
  const [one, two, three] = ["1", "2", "3"].map((text) => writeText(blankScreen, text)) as [
    Screen,
    Screen,
    Screen,
  ];

  test("one per request, and later changes with the next", () => {
    const viewer = createRfbViewer();
    expect(viewer.see(one)).toBe(0);
    viewer.say(rfbMessages.update(true));
    expect(viewer.see(one)).toBeGreaterThan(0);
    expect(viewer.see(two)).toBe(0);
    viewer.say(rfbMessages.update(true));
    expect(viewer.see(three)).toBeGreaterThan(0);
    expect(isShowing(viewer, three)).toBe(true);
  });

  test("one as soon as the screen changes", () => {
    const viewer = createRfbViewer();
    viewer.say(rfbMessages.update(false));
    viewer.see(one);
    viewer.say(rfbMessages.update(true));
    expect(viewer.see(one)).toBe(0);
    expect(viewer.see(two)).toBeGreaterThan(0);
  });

  test("the full screen for a full request, even after an incremental one", () => {
    const viewer = createRfbViewer();
    viewer.say(rfbMessages.update(false));
    const repaint = viewer.see(one);
    viewer.say(rfbMessages.update(false), rfbMessages.update(true));
    expect(viewer.see(one)).toBe(repaint);
  });

  test("the full screen after it changes its pixel format", () => {
    const viewer = createRfbViewer();
    viewer.say(rfbMessages.update(false));
    viewer.see(one);
    viewer.say(rfbMessages.update(true));
    viewer.ask(commonPixelFormats[6] ?? defaultPixelFormat);
    viewer.say(rfbMessages.update(false));
    viewer.see(two);
    expect(isShowing(viewer, two)).toBe(true);
  });

  test("updates without requests while continuous updates are on", () => {
    const viewer = createRfbViewer();
    viewer.say(rfbMessages.encodings(encoding.continuous));
    expect(viewer.buffer.others).toEqual([[150]]);
    viewer.say(rfbMessages.update(false), rfbMessages.continuous(true));
    for (const screen of [one, two, three]) expect(viewer.see(screen)).toBeGreaterThan(0);
    viewer.say(rfbMessages.continuous(false));
    expect(viewer.buffer.others).toEqual([[150], [150]]);
    expect(viewer.see(one)).toBe(0);
    viewer.say(rfbMessages.update(true));
    expect(viewer.see(one)).toBeGreaterThan(0);
    viewer.say(
      rfbMessages.update(false),
      rfbMessages.continuous(true),
      rfbMessages.continuous(false),
    );
    expect(viewer.see(one)).toBeGreaterThan(0);
  });
});
