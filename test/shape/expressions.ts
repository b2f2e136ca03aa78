import { parseAst } from "vitest/node";
import type { Source } from "./sources.ts";

export interface Expression {
  /** `lambdas/x.ts:12`. */
  readonly place: string;
  readonly pattern: string;
  readonly flags: string;
}

export interface ExpressionsOfSource {
  readonly literals: readonly Expression[];
  /** `new RegExp(…)` with an argument that is computed: the place and the text. */
  readonly computed: readonly { readonly place: string; readonly text: string }[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && "start" in value;

export function expressionsOf({ file, text }: Source): ExpressionsOfSource {
  const literals: Expression[] = [];
  const computed: { place: string; text: string }[] = [];
  const placeOf = ({ start }: Node) => `${file}:${text.slice(0, start).split("\n").length}`;

  function visit(node: Node): void {
    const { regex } = node;
    if (node.type === "Literal" && regex)
      literals.push({ place: placeOf(node), ...(regex as { pattern: string; flags: string }) });
    if (node.type === "NewExpression" && isNode(node["callee"])) {
      const { callee } = node;
      if (isNode(callee) && callee["name"] === "RegExp")
        computed.push({ place: placeOf(node), text: text.slice(node.start, node.end) });
    }
    for (const child of Object.values(node).flat()) if (isNode(child)) visit(child);
  }

  visit(parseAst(text, { lang: "ts" }) as unknown as Node);
  return { literals, computed };
}
