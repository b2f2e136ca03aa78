/** The computed sections of a document, by marker. */
export type DocumentSections = Readonly<Record<string, () => string>>;

/** The document with its sections computed again. */
export const updateSections = (document: string, parts: DocumentSections): string =>
  Object.entries(parts).reduce(
    (text, [name, part]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- / -->)`),
        (_, begin: string, end: string) => `${begin}${part()}\n${end}`,
      ),
    document,
  );

const maxLineLength = 120;

const markdownRow = (line: readonly (string | number)[]): string => `| ${line.join(" | ")} |`;

export const markdownTable = (
  head: readonly string[],
  lines: readonly (readonly (string | number)[])[],
): string =>
  [markdownRow(head), markdownRow(head.map(() => "---")), ...lines.map(markdownRow)].join("\n");

/** A table that is too wide, as a list of its rows. Leaves out empty cells. */
export const markdownList = (
  head: readonly string[],
  lines: readonly (readonly (string | number)[])[],
): string =>
  lines
    .map(([first = "", ...cells]) => {
      const named = cells.flatMap((cell, i) => (cell === "" ? [] : `${head[i + 1]}: ${cell}`));
      return wrapItem(`**${first}**: ${named.join("; ")}`);
    })
    .join("\n");

function wrapItem(text: string): string {
  const wrapped: string[] = [];
  let line = "-";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > maxLineLength) {
      wrapped.push(line);
      line = `  ${word}`;
    } else line = `${line} ${word}`;
  }
  return [...wrapped, line].join("\n");
}
