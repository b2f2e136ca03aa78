import type { Area } from "./pixels.ts";
import { cursorOf, type Screen, screenColumns, screenRows } from "./screen.ts";

export interface ScreenDiff {
  /** Rows to scroll up first. */
  readonly scroll: number;
  /** Painted after scrolling. */
  readonly areas: readonly Area[];
}

interface Cell {
  readonly x: number;
  readonly y: number;
}

interface CellGrid {
  readonly lines: readonly string[];
  readonly cursors: readonly Cell[];
}

const toCellGrid = (screen: Screen): CellGrid => ({
  lines: screen.lines,
  cursors: [cursorOf(screen)],
});

/** Scrolls if that paints fewer cells. */
export function diffScreens(before: Screen, after: Screen, mayScroll: boolean): ScreenDiff {
  const shown = toCellGrid(before);
  const unscrolled = { scroll: 0, areas: dirtyAreas(shown, after) };
  if (!mayScroll || countCells(unscrolled.areas) <= screenColumns) return unscrolled;
  const scroll = findScroll(before, after);
  if (scroll === 0) return unscrolled;
  const areas = dirtyAreas(scrollGrid(shown, scroll), after);
  return countCells(areas) < countCells(unscrolled.areas) ? { scroll, areas } : unscrolled;
}

const countCells = (areas: readonly Area[]): number =>
  areas.reduce((sum, { width, height }) => sum + width * height, 0);

/** The scroll that keeps the most lines. */
function findScroll(before: Screen, after: Screen): number {
  let [scroll, most] = [0, 0];
  for (let rowCount = 0; rowCount < screenRows; rowCount++) {
    const kept = after.lines.filter(
      (line, y) => line !== "" && line === before.lines[y + rowCount],
    );
    if (kept.length > most) [scroll, most] = [rowCount, kept.length];
  }
  return scroll;
}

const scrollGrid = ({ lines, cursors }: CellGrid, rowCount: number): CellGrid => ({
  lines: [...lines.slice(rowCount), ...lines.slice(screenRows - rowCount)],
  cursors: [
    ...cursors.map(({ x, y }) => ({ x, y: y - rowCount })).filter(({ y }) => y >= 0),
    ...cursors.filter(({ y }) => y >= screenRows - rowCount),
  ],
});

/** One span per changed row; adjacent rows are joined. */
function dirtyAreas({ lines, cursors }: CellGrid, after: Screen): Area[] {
  const areas: Area[] = [];
  const cursor = cursorOf(after);
  const stale = cursors.filter(({ x, y }) => x !== cursor.x || y !== cursor.y);
  const movedCursors = stale.length < cursors.length ? stale : [...stale, cursor];
  for (let y = 0; y < screenRows; y++) {
    const [from, to] = dirtySpan(lines[y] ?? "", after.lines[y] ?? "");
    const cursorColumns = movedCursors.filter((cell) => cell.y === y).map(({ x }) => x);
    const start = Math.min(from, ...cursorColumns);
    const end = Math.max(to, ...cursorColumns.map((x) => x + 1));
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

/** From the first changed cell to the last; `to` is exclusive. */
function dirtySpan(one: string, other: string): [from: number, to: number] {
  let from = screenColumns;
  let to = 0;
  for (let x = 0; x < Math.max(one.length, other.length); x++)
    if ((one[x] ?? " ") !== (other[x] ?? " ")) {
      from = Math.min(from, x);
      to = x + 1;
    }
  return [from, to];
}
