import type { Refusal } from "../../../core/fault.ts";
import {
  type Dialect,
  type Headers,
  type HttpResponse,
  jsonContentTypes,
  tokenFromHeaders,
  viewRefusal,
} from "../../../http/dialect.ts";
import type { Caller } from "../../../identity/model/identity.ts";
import { negotiate, versionHeaders } from "./microversion.ts";
import { novaRefusals } from "./refusals.ts";
import { findRemovedRoute } from "./removed-routes.ts";
import { novaViews } from "./views.ts";

/** Nova sends the request id in two headers. */
export const requestIdHeaders = ["x-compute-request-id", "x-openstack-request-id"] as const;

/** The v2.1 API. */
export const nova: Dialect = {
  name: "nova",
  credentials: tokenFromHeaders,
  negotiate,
  versionHeaders,
  checkAccess: (path, caller) =>
    // text that is no project id has no route (nova/api/openstack/__init__.py:168)
    /[^0-9a-f-]/.test(path["project_id"] ?? "")
      ? { kind: "no-such-route" }
      : checkProjectInPath(path, caller),
  contentTypes: jsonContentTypes,
  unknownMembers: "refused",
  hasLenientPaths: false,
  requestIdHeaders,
  views: novaViews,
  findRemovedRoute: findRemovedRoute,
  refuse: (refusal, context) => viewRefusal(novaRefusals, refusal, context),
};

/** S5-15. */
const acceptedHtml: HttpResponse = {
  status: 202,
  headers: { "content-type": "text/html; charset=UTF-8" },
};

/**
 * The v2 API: no microversions, lenient bodies (nova/api/openstack/__init__.py
 * LegacyV2CompatibleWrapper).
 */
export const novaV2: Dialect = {
  name: "nova-v2",
  credentials: tokenFromHeaders,
  checkAccess: checkProjectInPath,
  contentTypes: jsonContentTypes,
  unknownMembers: "dropped",
  hasLenientPaths: false,
  requestIdHeaders,
  views: {
    ...novaViews,
    accepted: () => acceptedHtml,
    deletedKeypair: () => acceptedHtml,
  },
  findRemovedRoute: findRemovedRoute,
  refuse: (refusal, context) => viewRefusal(novaRefusals, refusal, context),
};

/** The path's project must be the token's, also for administrators (S4-09, E-31). */
function checkProjectInPath(path: Headers, { project }: Caller): Refusal | null {
  const requestedProject = path["project_id"];
  const own = project?.id ?? "None";
  return requestedProject === undefined || requestedProject === own
    ? null
    : { kind: "wrong-project", requested: requestedProject, own };
}
