import {
  actions,
  begin,
  deedOf,
  type Living,
  objection,
  observe,
  ruleOf,
} from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { Instant } from "../../lambdas/core/instant.ts";
import { type Errand, roleFor } from "./errands.ts";

/** What of a server decides on what is answered. */
export interface Paper extends Living {
  readonly id: string;
  readonly lock: "owner" | "admin" | null;
}

export const paperOf = ({ id, motion, host, launched, lock }: Server): Paper => ({
  id,
  motion,
  host,
  launched,
  lock: lock?.by ?? null,
});

/** Of the server's project, with one role or the other; of another; an administrator. */
export const everybody = ["demo", "demo", "demo", "admin", "admin", "reader", "alt_demo"] as const;

export interface Asked {
  readonly who: (typeof everybody)[number];
  /** null for a DELETE. */
  readonly errand: Errand | null;
  /** All of the body. */
  readonly body: unknown;
  /** Whether the body may be none that is taken. */
  readonly isWild: boolean;
}

/** What may be answered, and what the server is then. */
export interface Outcome {
  readonly status: number;
  /** Any where it does not say. */
  readonly message?: string;
  readonly next: Paper;
}

/** All that may come of a request, by the table. */
export function outcomes(paper: Paper, asked: Asked, now: Instant): readonly Outcome[] {
  const { errand, isWild } = asked;
  const right = errand ? granted(paper, { ...asked, errand }, now) : deleted(paper, asked, now);
  const wrong = isWild || errand?.deed(null) === null ? [400, 403, 404, 409, 410] : [];
  return [...right, ...wrong.map((status) => ({ status, next: paper }))];
}

function deleted(paper: Paper, { who }: Asked, now: Instant): readonly Outcome[] {
  return (
    barred(paper, who, "member", now) ??
    locked(paper, who) ?? [{ status: 204, next: onItsWay(paper, now) }]
  );
}

/** Asked again while it is deleted, a delete does nothing (E-07). */
const onItsWay = (paper: Paper, now: Instant): Paper =>
  observe(paper.motion, now).task === "deleting"
    ? paper
    : { ...paper, motion: begin("delete", paper.motion, now) };

function granted(
  paper: Paper,
  { who, errand, body }: Asked & { errand: Errand },
  now: Instant,
): readonly Outcome[] {
  const { key, success, sure, verb } = errand;
  const stop = barred(paper, who, roleFor(errand), now);
  if (stop) return stop;
  if (key === "lock") return [{ status: 202, next: lockedBy(paper, who) }];
  if (key === "unlock")
    return who !== "admin" && paper.lock === "admin"
      ? [{ status: 403, next: paper }]
      : [{ status: 202, next: { ...paper, lock: null } }];
  const deed = errand.deed((body as Readonly<Record<string, unknown>> | null)?.[key]);
  if (deed === null) return [200, 202, 204].map((status) => ({ status, next: paper }));
  const held = ruleOf(deed).overLock ? null : locked(paper, who);
  if (held) return held;
  const isDeleted = observe(paper.motion, now).task === "deleting";
  if (deed === "delete") return [{ status: success, next: onItsWay(paper, now) }];
  // Nova resets what is being deleted; here the delete goes on, whatever is said of that
  if (isDeleted && deed.startsWith("resetTo"))
    return [success, 409].map((status) => ({ status, next: paper }));
  const why = objection(deed, paper, now);
  if (why) return [{ status: 409, message: sentence(paper.id, verb, why), next: paper }];
  const rows = actions.filter((action) => deedOf(action) === deed);
  const begun = (sure ? [deed] : rows).map((row) => ({
    status: success,
    next: { ...paper, motion: begin(row, paper.motion, now) },
  }));
  return sure ? begun : [...begun, ...[400, 403].map((status) => ({ status, next: paper }))];
}

/** Who may not, whatever the server is (policy comes before existence, docs/differences.md). */
function barred(
  paper: Paper,
  who: Asked["who"],
  role: string,
  now: Instant,
): readonly Outcome[] | null {
  const isPermitted =
    who === "admin" || role === "reader" || (role === "member" && who !== "reader");
  if (!isPermitted) return [{ status: 403, next: paper }];
  if (who === "alt_demo" || observe(paper.motion, now).vm === "deleted")
    return [{ status: 404, message: `Instance ${paper.id} could not be found.`, next: paper }];
  return null;
}

const locked = (paper: Paper, who: Asked["who"]): readonly Outcome[] | null =>
  paper.lock !== null && who !== "admin"
    ? [{ status: 409, message: `Instance ${paper.id} is locked`, next: paper }]
    : null;

/** An owner's does nothing where there is one; an administrator's goes over it. */
const lockedBy = (paper: Paper, who: Asked["who"]): Paper => ({
  ...paper,
  lock: who === "admin" ? "admin" : (paper.lock ?? "owner"),
});

/** Nova's words (nova/api/openstack/common.py:301). */
const sentence = (
  id: string,
  verb: string,
  why: NonNullable<ReturnType<typeof objection>>,
): string => {
  if (why.attribute === "host") return `Instance ${id} is not ready`;
  if (why.attribute === "launched_at") return `Instance ${id} is in an invalid state for '${verb}'`;
  return `Cannot '${verb}' instance ${id} while it is in ${why.attribute} ${why.state}`;
};
