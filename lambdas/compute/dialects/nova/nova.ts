import type { Refusal } from "../../../core/fault.ts";
import {
  type Dialect,
  type Headers,
  jsonMedia,
  type Reply,
  speak,
  tokenIn,
} from "../../../http/dialect.ts";
import type { Caller } from "../../../identity/model/identity.ts";
import { negotiate, stamp } from "./microversion.ts";
import { refusals } from "./refusals.ts";
import { withdrawnAt } from "./removed-routes.ts";
import { views } from "./views.ts";

/** Nova names a request twice. */
export const requestIds = ["x-compute-request-id", "x-openstack-request-id"] as const;

/** The v2.1 API: the mother tongue. */
export const nova: Dialect = {
  name: "nova",
  credentials: tokenIn,
  negotiate,
  stamp,
  objection: (path, caller) =>
    // what is not like a project id does not even route (nova/api/openstack/__init__.py:168)
    /[^0-9a-f-]/.test(path["project_id"] ?? "") ? { kind: "no-such-route" } : foreign(path, caller),
  media: jsonMedia,
  unknown: "refused",
  lenientPaths: false,
  requestIds,
  views,
  withdrawn: withdrawnAt,
  refuse: (refusal, spoken) => speak(refusals, refusal, spoken),
};

/** S5-15. */
const begun: Reply = { status: 202, headers: { "content-type": "text/html; charset=UTF-8" } };

/** The old v2 API: no microversions, laxer bodies (nova/api/openstack/__init__.py LegacyV2CompatibleWrapper). */
export const novaV2: Dialect = {
  name: "nova-v2",
  credentials: tokenIn,
  objection: foreign,
  media: jsonMedia,
  unknown: "dropped",
  lenientPaths: false,
  requestIds,
  views: {
    ...views,
    accepted: () => begun,
    deletedKeypair: () => begun,
  },
  withdrawn: withdrawnAt,
  refuse: (refusal, spoken) => speak(refusals, refusal, spoken),
};

/** The project of the address must be the token's, even for administrators (S4-09, E-31). */
function foreign(path: Headers, { project }: Caller): Refusal | null {
  const asked = path["project_id"];
  const own = project?.id ?? "None";
  return asked === undefined || asked === own ? null : { kind: "wrong-project", asked, own };
}
