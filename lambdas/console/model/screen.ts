/** A text screen; stored as JSON. */
export interface Screen {
  /** One per row, without trailing spaces. */
  readonly lines: readonly string[];
  /** Cell of the next character; x may be one past the last column. */
  readonly x: number;
  readonly y: number;
}

export const screenColumns = 80;
export const screenRows = 24;

export const blankScreen: Screen = { lines: Array<string>(screenRows).fill(""), x: 0, y: 0 };

/** Supports "\n" (also returns), "\r", "\b" (crosses a wrap) and "\f" (clears); other controls print "?". */
export function writeText(screen: Screen, text: string): Screen {
  let { x, y } = screen;
  const lines = [...screen.lines];
  const feed = () => {
    x = 0;
    if (y < screenRows - 1) y++;
    else {
      lines.shift();
      lines.push("");
    }
  };
  const back = () => {
    if (x > 0) x--;
    else if (y > 0) [x, y] = [screenColumns - 1, y - 1];
  };
  const put = (char: string) => {
    if (x === screenColumns) feed();
    const line = (lines[y] ?? "").padEnd(x);
    lines[y] = (line.slice(0, x) + char + line.slice(x + 1)).trimEnd();
    x++;
  };
  for (const char of text) {
    if (char === "\n") feed();
    else if (char === "\r") x = 0;
    else if (char === "\b") back();
    else if (char === "\f") {
      lines.fill("");
      x = y = 0;
    } else put(char >= " " && char <= "~" ? char : "?");
  }
  return { lines, x, y };
}

export const isSameScreen = (one: Screen, other: Screen): boolean =>
  one === other ||
  (one.x === other.x && one.y === other.y && one.lines.every((line, y) => line === other.lines[y]));

/** The cursor's visible cell; past the last column it stays in it. */
export const cursorOf = ({ x, y }: Screen) => ({ x: Math.min(x, screenColumns - 1), y });

export const screenToText = ({ lines }: Screen): string => `${lines.join("\n").trimEnd()}\n`;
