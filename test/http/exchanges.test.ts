import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readExchange, replayExchange } from "../../infra/local/recorded-exchange.ts";
import { routes } from "../../lambdas/functions.ts";
import { createPathRouter } from "../../lambdas/http/router.ts";
import { openTestTable } from "../support/cloud.ts";

const folder = join(import.meta.dirname, "../../events");
const { match: matchRoute } = createPathRouter(routes);

for (const file of readdirSync(folder)) {
  const exchange = readExchange(join(folder, file));

  test(`events/${file} shows ${exchange.requirement}: the handler returns the recorded response`, async () => {
    const { differences } = await replayExchange(exchange, await openTestTable());

    expect(differences).toEqual([]);
  });

  test(`events/${file} equals API Gateway's event for its request`, () => {
    const { event } = exchange;
    const { http, routeKey } = event.requestContext;
    const found = matchRoute(http.method, event.rawPath);

    expect([event.routeKey, routeKey]).toEqual(Array(2).fill(found?.route.key ?? "$default"));
    expect(event.pathParameters ?? {}).toEqual(found?.parameters ?? {});
    expect(http.path).toBe(event.rawPath);
    expect(Number(event.headers["content-length"] ?? 0)).toBe(Buffer.byteLength(event.body ?? ""));
    expect(Object.keys(event.headers)).toEqual(
      Object.keys(event.headers).map((name) => name.toLowerCase()),
    );
  });
}
