import type { World } from "../http/environment.ts";
import type { Call } from "../http/operation.ts";
import { admitted, tokenIn } from "./check-grant.ts";
import { type ConsolePage, type PageKind, pageFor } from "./model/page.ts";

/**
 * The page that an address asks for, or the one that its token is for: who comes with a serial console's
 * gets a terminal, wherever they come. Without a token it is a page that has been reloaded. A look at the
 * page uses nothing up: the token is for what the page opens (facts/consoles.md §3). (GetItem twice)
 */
export async function opened(
  { query, now }: Pick<Call<string, unknown>, "query" | "now">,
  world: World,
  asked: PageKind,
): Promise<ConsolePage> {
  const { consoleChannel: channel, consoleFrames: frames } = world.settings;
  const found =
    query.has("token") || query.has("path")
      ? await admitted(tokenIn(query), world.backend(), now)
      : null;
  const kind = found ? pageFor(found.grant.type) : asked;
  const files = await world.pages.of(kind);
  return { kind, server: found?.server ?? null, files, channel, frames };
}
