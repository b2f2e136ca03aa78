import type { Environment } from "../http/environment.ts";
import type { Call } from "../http/operation.ts";
import { getGrant, tokenFromQuery } from "./check-grant.ts";
import { type ConsolePage, type PageKind, pageKindOf } from "./model/page.ts";

/**
 * The token's console type selects the page; a reloaded page has no token. Opening a page does not
 * consume the token. @calls GetItem, GetItem
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
