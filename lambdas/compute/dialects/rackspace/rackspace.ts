import { retryAfterSeconds } from "../../../core/fault.ts";
import { toIsoSecondsZ } from "../../../core/times.ts";
import {
  type Dialect,
  type RefusalViews,
  type RequestContext,
  type Views,
  viewRefusal,
} from "../../../http/dialect.ts";
import { observe } from "../../model/lifecycle.ts";
import type { Server } from "../../model/server.ts";
import { statusOf } from "../../model/status.ts";
import { selfHref } from "../links.ts";
import { consoleUrl } from "../nova/console-view.ts";
import { novaV2 } from "../nova/nova.ts";
import { novaFault, novaRefusals, overQuotaText } from "../nova/refusals.ts";
import { serverView } from "../nova/server-view.ts";
import { type ComputeResponse, novaViews, ok, pageView } from "../nova/views.ts";

/** Cloud Servers: root paths, and a token whose project is the account (documents S1, S2). */
export const rackspace: Dialect = {
  ...novaV2,
  name: "rackspace",
  hasLenientPaths: true,
  refuse: (refusal, context) => viewRefusal(rackspaceRefusals, refusal, context),
  views: {
    ...novaViews,
    server: (server, context) => ok({ server: rackspaceServerView(server, context) }),
    rebuiltServer: ({ server, adminPass }, context) => ({
      status: 202,
      headers: { location: selfHref(context, "servers", server.id) },
      body: { server: { ...rackspaceServerView(server, context), adminPass } },
    }),
    serverDetails: (page, context) => pageView("servers", page, rackspaceServerView, context),
    // the same form for every type (S1-13)
    console: ({ type, token }, { consoles }) =>
      ok({ console: { url: consoleUrl(consoles, "xvpvnc", token), type } }),
  } satisfies Views<ComputeResponse>,
};

/** Values that differ from Nova's. */
function rackspaceServerView(server: Server, context: RequestContext) {
  const observed = observe(server.motion, context.now);
  const isBuilt = !["building", "deleted"].includes(observed.vm) && server.launched !== null;
  return {
    ...serverView(server, context),
    ...(statusOf(observed) === "ACTIVE" && { progress: 100 }),
    accessIPv4: server.accessIPv4 || (isBuilt ? server.publicIPv4 : ""),
    addresses: isBuilt
      ? {
          public: [{ version: 4, addr: server.publicIPv4 }],
          private: server.addresses.map(({ version, addr }) => ({ version, addr })),
        }
      : {},
  };
}

const rackspaceRefusals: RefusalViews = {
  ...novaRefusals,
  unauthenticated: () =>
    novaFault("unauthorized", 401, "The request you have made requires authentication."),
  "wrong-method": ({ allowed }) =>
    novaFault("badMethod", 405, "The method is not allowed on this resource.", {
      allow: allowed.join(", "),
    }),
  // S1-27: every exceeded limit is a 413
  "over-quota": ({ shortages }, { now }) => ({
    status: 413,
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "retry-after": String(retryAfterSeconds),
    },
    body: {
      overLimit: {
        message: overQuotaText(shortages),
        code: 413,
        retryAt: toIsoSecondsZ(now + retryAfterSeconds * 1_000),
      },
    },
  }),
};
