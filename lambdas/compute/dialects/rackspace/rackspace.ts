import { retryAfter } from "../../../core/fault.ts";
import { toIsoSecondsZ } from "../../../core/times.ts";
import {
  type Dialect,
  type Speeches,
  type Spoken,
  speak,
  type Views,
} from "../../../http/dialect.ts";
import { observe } from "../../model/lifecycle.ts";
import type { Server } from "../../model/server.ts";
import { statusOf } from "../../model/status.ts";
import { selfHref } from "../links.ts";
import { consoleUrl } from "../nova/console-view.ts";
import { novaV2 } from "../nova/nova.ts";
import { fault, overQuotaText, refusals } from "../nova/refusals.ts";
import { serverView } from "../nova/server-view.ts";
import { type ComputeAnswer, ok, pageOf, views } from "../nova/views.ts";

/** Cloud Servers: bare paths and a token whose project is the account (documents S1, S2). */
export const rackspace: Dialect = {
  ...novaV2,
  name: "rackspace",
  lenientPaths: true,
  refuse: (refusal, spoken) => speak(speeches, refusal, spoken),
  views: {
    ...views,
    server: (server, spoken) => ok({ server: rackspaceServer(server, spoken) }),
    rebuiltServer: ({ server, adminPass }, spoken) => ({
      status: 202,
      headers: { location: selfHref(spoken, "servers", server.id) },
      body: { server: { ...rackspaceServer(server, spoken), adminPass } },
    }),
    serverDetails: (page, spoken) => pageOf("servers", page, rackspaceServer, spoken),
    // one form for every type (S1-13)
    console: ({ type, token }, { consoles }) =>
      ok({ console: { url: consoleUrl(consoles, "xvpvnc", token), type } }),
  } satisfies Views<ComputeAnswer>,
};

/** Columns C11, C13, C15 and C16 of the dialects' table. */
function rackspaceServer(server: Server, spoken: Spoken) {
  const seen = observe(server.motion, spoken.now);
  const built = !["building", "deleted"].includes(seen.vm) && server.launched !== null;
  return {
    ...serverView(server, spoken),
    ...(statusOf(seen) === "ACTIVE" && { progress: 100 }),
    accessIPv4: server.accessIPv4 || (built ? server.publicIPv4 : ""),
    addresses: built
      ? {
          public: [{ version: 4, addr: server.publicIPv4 }],
          private: server.addresses.map(({ version, addr }) => ({ version, addr })),
        }
      : {},
  };
}

const speeches: Speeches = {
  ...refusals,
  unauthenticated: () =>
    fault("unauthorized", 401, "The request you have made requires authentication."),
  "wrong-method": ({ allowed }) =>
    fault("badMethod", 405, "The method is not allowed on this resource.", {
      allow: allowed.join(", "),
    }),
  // S1-27: over any limit is 413 here
  "over-quota": ({ shortages }, { now }) => ({
    status: 413,
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "retry-after": String(retryAfter),
    },
    body: {
      overLimit: {
        message: overQuotaText(shortages),
        code: 413,
        retryAt: toIsoSecondsZ(now + retryAfter * 1_000),
      },
    },
  }),
};
