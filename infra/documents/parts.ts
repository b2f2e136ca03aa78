/** What of a document is worked out, by the name that its place is marked with. */
export type Parts = Readonly<Record<string, () => string>>;

/** The document with its parts worked out anew. */
export const withParts = (document: string, parts: Parts): string =>
  Object.entries(parts).reduce(
    (text, [name, part]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- / -->)`),
        (_, begin: string, end: string) => `${begin}${part()}\n${end}`,
      ),
    document,
  );

const cells = (line: readonly (string | number)[]): string => `| ${line.join(" | ")} |`;

export const table = (
  head: readonly string[],
  lines: readonly (readonly (string | number)[])[],
): string => [cells(head), cells(head.map(() => "---")), ...lines.map(cells)].join("\n");
