import type { Area } from "./pixels.ts";
import { columns, cursorOf, rows, type Screen } from "./screen.ts";

/** How a picture of one screen is made into one of another. */
export interface Changes {
  /** The rows by which all of it goes up first; 0 where it stays. */
  readonly scroll: number;
  /** What is painted anew after that. */
  readonly areas: readonly Area[];
}

interface Cell {
  readonly x: number;
  readonly y: number;
}

/** What a viewer shows: a screen, or one that has been moved about. */
interface Picture {
  readonly lines: readonly string[];
  /** Cells that a cursor is seen in. */
  readonly cursors: readonly Cell[];
}

const pictureOf = (screen: Screen): Picture => ({
  lines: screen.lines,
  cursors: [cursorOf(screen)],
});

/** What differs; a picture is moved where less is painted then, if it may be. */
export function changes(before: Screen, after: Screen, mayScroll: boolean): Changes {
  const here = pictureOf(before);
  const plain = { scroll: 0, areas: changed(here, after) };
  // a row or less costs no more than to say that all is to be moved
  if (!mayScroll || cellsIn(plain.areas) <= columns) return plain;
  const scroll = scrollBetween(before, after);
  if (scroll === 0) return plain;
  const areas = changed(scrolled(here, scroll), after);
  return cellsIn(areas) < cellsIn(plain.areas) ? { scroll, areas } : plain;
}

const cellsIn = (areas: readonly Area[]): number =>
  areas.reduce((sum, { width, height }) => sum + width * height, 0);

/** By how many rows most of what there was has gone up. */
function scrollBetween(before: Screen, after: Screen): number {
  let [scroll, most] = [0, 0];
  for (let by = 0; by < rows; by++) {
    const kept = after.lines.filter((line, y) => line !== "" && line === before.lines[y + by]);
    if (kept.length > most) [scroll, most] = [by, kept.length];
  }
  return scroll;
}

/** What was in the last rows is there still, besides where it was copied to. */
const scrolled = ({ lines, cursors }: Picture, by: number): Picture => ({
  lines: [...lines.slice(by), ...lines.slice(rows - by)],
  cursors: [
    ...cursors.map(({ x, y }) => ({ x, y: y - by })).filter(({ y }) => y >= 0),
    ...cursors.filter(({ y }) => y >= rows - by),
  ],
});

/** A part of a row for each row that is not as it should be, and rows that follow each other joined. */
function changed({ lines, cursors }: Picture, after: Screen): Area[] {
  const areas: Area[] = [];
  const cursor = cursorOf(after);
  const stale = cursors.filter(({ x, y }) => x !== cursor.x || y !== cursor.y);
  const moved = stale.length < cursors.length ? stale : [...stale, cursor];
  for (let y = 0; y < rows; y++) {
    const [from, to] = span(lines[y] ?? "", after.lines[y] ?? "");
    const at = moved.filter((cell) => cell.y === y).map(({ x }) => x);
    const start = Math.min(from, ...at);
    const end = Math.max(to, ...at.map((x) => x + 1));
    if (end <= start) continue;
    const last = areas.at(-1);
    if (!last || last.y + last.height !== y) {
      areas.push({ x: start, y, width: end - start, height: 1 });
      continue;
    }
    const x = Math.min(last.x, start);
    const right = Math.max(last.x + last.width, end);
    areas[areas.length - 1] = { x, y: last.y, width: right - x, height: last.height + 1 };
  }
  return areas;
}

/** The cells from the first that differs up to the last. */
function span(one: string, other: string): [from: number, to: number] {
  let from = columns;
  let to = 0;
  for (let x = 0; x < Math.max(one.length, other.length); x++)
    if ((one[x] ?? " ") !== (other[x] ?? " ")) {
      from = Math.min(from, x);
      to = x + 1;
    }
  return [from, to];
}
