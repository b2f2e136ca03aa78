import type { Environment } from "../http/environment.ts";
import type { Call } from "../http/operation.ts";
import { getGrant, tokenFromQuery } from "./check-grant.ts";
import { type ConsolePage, type PageKind, pageKindOf } from "./model/page.ts";

/**
 * The page that an address asks for, or the one that its token is for: who comes with a serial console's
 * gets a terminal, wherever they come. Without a token it is a page that has been reloaded. A look at the
 * page uses nothing up: the token is for what the page opens (facts/consoles.md §3). (GetItem twice)
 */
export async function openPage(
  { query, now }: Pick<Call<string, unknown>, "query" | "now">,
  environment: Environment,
  requestedKind: PageKind,
): Promise<ConsolePage> {
  const { consoleChannel: channel, consoleFrameAncestors: frameAncestors } = environment.settings;
  const found =
    query.has("token") || query.has("path")
      ? await getGrant(tokenFromQuery(query), environment.backend(), now)
      : null;
  const kind = found ? pageKindOf(found.grant.type) : requestedKind;
  const files = await environment.pages.filesOf(kind);
  return { kind, server: found?.server ?? null, files, channel, frameAncestors };
}
