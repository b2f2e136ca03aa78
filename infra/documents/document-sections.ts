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

const markdownRow = (line: readonly (string | number)[]): string => `| ${line.join(" | ")} |`;

export const markdownTable = (
  head: readonly string[],
  lines: readonly (readonly (string | number)[])[],
): string =>
  [markdownRow(head), markdownRow(head.map(() => "---")), ...lines.map(markdownRow)].join("\n");
