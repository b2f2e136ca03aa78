import {
  allActions,
  beginMotion,
  failedPrecondition,
  type LifecycleFields,
  observe,
  requestedActionOf,
  ruleOf,
} from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { Instant } from "../../lambdas/core/instant.ts";
import { type ActionRequest, requiredRole } from "./action-requests.ts";

export interface ModelServer extends LifecycleFields {
  readonly id: string;
  readonly lockedBy: "owner" | "admin" | null;
}

export const toModelServer = ({ id, motion, host, launched, lock }: Server): ModelServer => ({
  id,
  motion,
  host,
  launched,
  lockedBy: lock?.by ?? null,
});

export const modelAccounts = [
  "demo",
  "demo",
  "demo",
  "admin",
  "admin",
  "reader",
  "alt_demo",
] as const;

export interface ModelRequest {
  readonly account: (typeof modelAccounts)[number];
  /** null for a DELETE. */
  readonly actionRequest: ActionRequest | null;
  readonly body: unknown;
  /** The body may be invalid. */
  readonly isWild: boolean;
}

export interface AllowedOutcome {
  readonly status: number;
  /** Any message by default. */
  readonly message?: string;
  readonly next: ModelServer;
}

export function allowedOutcomes(
  server: ModelServer,
  request: ModelRequest,
  now: Instant,
): readonly AllowedOutcome[] {
  const { actionRequest, isWild } = request;
  const expected = actionRequest
    ? actionOutcomes(server, { ...request, actionRequest }, now)
    : deleteOutcomes(server, request, now);
  const refusals =
    isWild || actionRequest?.requestedAction(null) === null ? [400, 403, 404, 409, 410] : [];
  return [...expected, ...refusals.map((status) => ({ status, next: server }))];
}

function deleteOutcomes(
  server: ModelServer,
  { account }: ModelRequest,
  now: Instant,
): readonly AllowedOutcome[] {
  return (
    accessRefusal(server, account, "member", now) ??
    lockedRefusal(server, account) ?? [{ status: 204, next: withDeleteBegun(server, now) }]
  );
}

/** A repeated delete does nothing (E-07). */
const withDeleteBegun = (server: ModelServer, now: Instant): ModelServer =>
  observe(server.motion, now).task === "deleting"
    ? server
    : { ...server, motion: beginMotion("delete", server.motion, now) };

function actionOutcomes(
  server: ModelServer,
  { account, actionRequest, body }: ModelRequest & { actionRequest: ActionRequest },
  now: Instant,
): readonly AllowedOutcome[] {
  const { action: key, successStatus, isCertain, verb } = actionRequest;
  const refusal = accessRefusal(server, account, requiredRole(actionRequest), now);
  if (refusal) return refusal;
  if (key === "lock") return [{ status: 202, next: withLockBy(server, account) }];
  if (key === "unlock")
    return account !== "admin" && server.lockedBy === "admin"
      ? [{ status: 403, next: server }]
      : [{ status: 202, next: { ...server, lockedBy: null } }];
  const requestedAction = actionRequest.requestedAction(
    (body as Readonly<Record<string, unknown>> | null)?.[key],
  );
  if (requestedAction === null) return [200, 202, 204].map((status) => ({ status, next: server }));
  const lockRefusal = ruleOf(requestedAction).ignoresLock ? null : lockedRefusal(server, account);
  if (lockRefusal) return lockRefusal;
  const isDeleted = observe(server.motion, now).task === "deleting";
  if (requestedAction === "delete")
    return [{ status: successStatus, next: withDeleteBegun(server, now) }];
  // Nova resets a server that is being deleted; here the delete continues.
  if (isDeleted && requestedAction.startsWith("resetTo"))
    return [successStatus, 409].map((status) => ({ status, next: server }));
  const failure = failedPrecondition(requestedAction, server, now);
  if (failure)
    return [{ status: 409, message: conflictMessage(server.id, verb, failure), next: server }];
  const rows = allActions.filter((action) => requestedActionOf(action) === requestedAction);
  const begunOutcomes = (isCertain ? [requestedAction] : rows).map((row) => ({
    status: successStatus,
    next: { ...server, motion: beginMotion(row, server.motion, now) },
  }));
  return isCertain
    ? begunOutcomes
    : [...begunOutcomes, ...[400, 403].map((status) => ({ status, next: server }))];
}

/** Refusals by role; policy precedes existence (docs/differences.md). */
function accessRefusal(
  server: ModelServer,
  account: ModelRequest["account"],
  role: string,
  now: Instant,
): readonly AllowedOutcome[] | null {
  const isPermitted =
    account === "admin" || role === "reader" || (role === "member" && account !== "reader");
  if (!isPermitted) return [{ status: 403, next: server }];
  if (account === "alt_demo" || observe(server.motion, now).vm === "deleted")
    return [{ status: 404, message: `Instance ${server.id} could not be found.`, next: server }];
  return null;
}

const lockedRefusal = (
  server: ModelServer,
  account: ModelRequest["account"],
): readonly AllowedOutcome[] | null =>
  server.lockedBy !== null && account !== "admin"
    ? [{ status: 409, message: `Instance ${server.id} is locked`, next: server }]
    : null;

/** An owner's lock is idempotent; an administrator's replaces it. */
const withLockBy = (server: ModelServer, account: ModelRequest["account"]): ModelServer => ({
  ...server,
  lockedBy: account === "admin" ? "admin" : (server.lockedBy ?? "owner"),
});

/** Nova's message (nova/api/openstack/common.py:301). */
const conflictMessage = (
  id: string,
  verb: string,
  failure: NonNullable<ReturnType<typeof failedPrecondition>>,
): string => {
  if (failure.attribute === "host") return `Instance ${id} is not ready`;
  if (failure.attribute === "launched_at")
    return `Instance ${id} is in an invalid state for '${verb}'`;
  return `Cannot '${verb}' instance ${id} while it is in ${failure.attribute} ${failure.state}`;
};
