import { commentsIn } from "./comments.ts";
import type { Source } from "./sources.ts";

/** Words that the glossary replaced (docs/glossary.md), each with the word to write. */
export const retired: Readonly<Record<string, string>> = {
  tie: "attachment",
  ties: "attachments",
  annex: "function group",
  deed: "requested action",
  wish: "request spec",
  fate: "build outcome",
  furnish: "attach block devices",
  plug: "allocate ports",
  unplug: "deallocate ports",
  journey: "migration plan",
  remake: "plan a change",
  remaking: "server changes",
  rewire: "update network info",
  wiring: "network info",
  shelf: "collection",
  told: "view, report",
  tell: "report, view",
  said: "attributes, query, requested",
  asked: "requested",
  asking: "call",
  door: "mount",
  doors: "mounts",
  spoken: "request context",
  speech: "refusal view",
  speeches: "refusal views",
  meddling: "side change",
  seat: "host and flavor, viewer, pending member",
  seats: "pending members, viewers",
  errand: "action request",
  errands: "action requests",
  recipe: "request sample",
  world: "environment, cloud",
};

/** Stored members, which cannot change, each with its item. */
const kept: Readonly<Record<string, string>> = {
  ties: "a volume's attachments",
  asked: "the end of a migration",
  seats: "a console session's viewers, a server group's pending members",
  told: "a console session's last reply",
};

const partsOf = (identifier: string): string[] =>
  identifier
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[\s_]+/)
    .map((part) => part.toLowerCase());

export function withoutText(source: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, " ");
  return source
    .replace(/\/\*[\s\S]*?\*\/|(?<![:"'`\w])\/\/[^\n]*/g, blank)
    .replace(/"(?:\\.|[^"\\\n])*"/g, blank)
    .replace(/(?<=[`}])[^`{}]*(?=[`]|\$\{)/g, blank);
}

export interface Finding {
  readonly place: string;
  readonly text: string;
}

/** Identifiers with a retired part: `lambdas/x.ts:12 uses "shelfOf": write "collection"`. */
export function retiredIdentifiers({ file, text }: Source): Finding[] {
  return withoutText(text)
    .split("\n")
    .flatMap((line, i) =>
      [...new Set(line.match(/[A-Za-z_$][\w$]*/g))].flatMap((identifier) =>
        Object.hasOwn(kept, identifier)
          ? []
          : partsOf(identifier)
              .filter((part) => Object.hasOwn(retired, part))
              .map((part) => ({
                place: `${file}:${i + 1}`,
                text: `uses "${identifier}": write "${retired[part]}" (docs/glossary.md)`,
              })),
      ),
    );
}

const opener = /^(What|Who|Whose|Whoever|Whether|Likewise|Of|As for|It|They|Where)\b/;
const riddle =
  /\b(whoever|nobody|somebody|anybody|told|becomes of|as good as|is no matter|stands for|stands in the way|likewise)\b/i;

export function unclearComments({ file, text }: Source): Finding[] {
  return commentsIn(text)
    .filter((comment) => opener.test(comment.text) || riddle.test(comment.text))
    .map((comment) => ({ place: `${file}:${comment.line}`, text: comment.text }));
}

const projects = [
  ...["nova", "neutron", "neutron_lib", "cinder", "glance", "keystone", "keystoneauth1"],
  ...["keystonemiddleware", "oslo_utils", "oslo_policy", "tempest", "novaclient", "openstack"],
];
const wholePointer = new RegExp(
  `^(${projects.join("|")})(/[\\w.-]+)+\\.(py|json|yaml|conf)(:\\d+)?$`,
);

/** Pointers to sources that are not `project/path/file.py` or `project/path/file.py:line`. */
export function badPointers({ file, text }: Source): Finding[] {
  return commentsIn(text).flatMap((comment) => {
    const pointers = comment.text.match(/[\w./…-]+\.py\b(?::\d+)?(?:#\w+)?/g) ?? [];
    const bad = pointers.filter((pointer) => !wholePointer.test(pointer));
    const hidden = comment.text.match(/\bfacts(\/|:)|\bH-\d+/g) ?? [];
    return [...bad, ...hidden].map((pointer) => ({
      place: `${file}:${comment.line}`,
      text: `"${pointer}": write project/path/file.py:line (docs/sources.md)`,
    }));
  });
}

export function topLevelNames({ text }: Source): string[] {
  const declared =
    /^(?:export )?(?:default )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) ([A-Za-z_$][\w$]*)/gm;
  return [...new Set([...text.matchAll(declared)].map(([, name = ""]) => name))];
}
