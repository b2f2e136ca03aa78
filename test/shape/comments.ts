export interface Comment {
  readonly line: number;
  /** Without the comment signs, on one line. */
  readonly text: string;
}

/**
 * The comments of a TypeScript source; skips strings, templates and regular expressions of
 * formatted code.
 */
export function commentsIn(source: string): Comment[] {
  const found: Comment[] = [];
  const lineAt = (index: number) => source.slice(0, index).split("\n").length;
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|(?<=(?:[(,=:[!&|?{};]|=>|return|^)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*/gm;
  let previousEnd = -1;
  for (const { 0: text, index } of source.matchAll(token)) {
    if (!/^\/[/*]/.test(text)) continue;
    const plain = text
      .replace(/^\/\*+|\*\/$/g, "")
      .replace(/^\s*\* ?/gm, "")
      .replace(/^\/\/ ?/, "")
      .replace(/\s+/g, " ")
      .trim();
    const last = found.at(-1);
    // line comments on consecutive lines are one comment
    const between = source.slice(Math.max(previousEnd, 0), index);
    if (text.startsWith("//") && last && previousEnd >= 0 && /^\n[ \t]*$/.test(between))
      found[found.length - 1] = { line: last.line, text: `${last.text} ${plain}` };
    else found.push({ line: lineAt(index), text: plain });
    previousEnd = text.startsWith("//") ? index + text.length : -1;
  }
  return found;
}

export const countWords = (text: string): number => text.split(/\s+/).filter(Boolean).length;
