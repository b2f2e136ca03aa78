import type { Begun, Requester } from "../domain/instance-action.ts";
import type { Action, Instant } from "../domain/lifecycle.ts";
import type { Server } from "../domain/server.ts";
import type { Item } from "./server-item.ts";

/**
 * What was done to a server stands in a list beside it, a line for each action. `transition` adds the
 * line in the same update that begins the action; nothing but `history` reads them.
 */
export const logAttribute = "log";

/** No list grows longer; when it would, this many of the last lines are kept. */
const longest = 64;
const kept = 32;

/** As short as it can be, for an item is charged by its size; whose server it is, is not said again. */
export const logLine = (action: Action, start: Instant, request: string, by: string[] = []) =>
  [action, start.toString(36), request.replace(/^req-/, ""), ...by].join(" ");

export const lineOf = (action: Action, start: Instant, by: Requester, project: string): string =>
  logLine(action, start, by.request, [by.user, ...(by.project === project ? [] : [by.project])]);

/** A line more, as part of an update. */
export interface Appended {
  /** What the list becomes. */
  readonly becomes: string;
  readonly condition: string;
  readonly values: Item;
}

/** Where the list that was seen is full, it is written anew, if nobody has begun anything since. */
export function appending(line: string, seen?: Item): Appended {
  const lines = linesIn(seen);
  if (lines.length >= longest)
    return {
      becomes: ":log",
      condition: "#by = :seenBy",
      values: {
        ":log": listOf([...lines.slice(-kept), line]),
        ":seenBy": seen?.["by"] ?? { S: "" },
      },
    };
  return {
    becomes: "list_append(if_not_exists(#log, :none), :line)",
    condition: "(attribute_not_exists(#log) OR size(#log) < :longest)",
    values: { ":none": listOf([]), ":line": listOf([line]), ":longest": { N: String(longest) } },
  };
}

export const listOf = (lines: readonly string[]) => ({ L: lines.map((S) => ({ S })) });

const linesIn = (item?: Item): string[] =>
  (item?.[logAttribute]?.L ?? []).flatMap(({ S }) => S ?? []);

/** The lines as they were meant, the oldest first. */
export const begunIn = (item: Item, server: Server): Begun[] =>
  linesIn(item).map((line) => {
    const [action, start = "", request, user, project] = line.split(" ");
    return {
      action: action as Action,
      start: Number.parseInt(start, 36),
      request: `req-${request}`,
      user: user ?? server.user,
      project: project ?? server.project,
    };
  });
