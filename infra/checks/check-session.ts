import { setTimeout as wait } from "node:timers/promises";
import type { CheckAccount } from "./account.ts";
import { PrerequisiteMissing } from "./checklist.ts";
import {
  type CheckResponse,
  expectStatus,
  listAt,
  type RequestOptions,
  sendRequest,
  valueAt,
} from "./request.ts";

/** A logged-in client and the values that checks have found. */
export interface CheckSession {
  readonly account: CheckAccount;
  readonly identity: string;
  /** Sends with the token, where there is one. */
  request(method: string, url: string, options?: RequestOptions): Promise<CheckResponse>;
  /** Sends without a token. */
  requestAnonymously(method: string, url: string, options?: RequestOptions): Promise<CheckResponse>;
  setValue(what: string, value: unknown): void;
  hasValue(what: string): boolean;
  /** Returns a found value; throws where an earlier check did not find it. */
  getValue(what: string): string;
  /** Polls until a condition holds. */
  waitUntil(what: string, look: () => Promise<boolean>): Promise<void>;
}

/** Milliseconds: the limit of polling, and its interval. */
const waitTimeoutMs = 60_000;
const waitIntervalMs = 200;

export function createCheckSession(
  endpoint: URL,
  account: CheckAccount,
  signal: AbortSignal,
): CheckSession {
  const values = new Map<string, string>();
  return {
    account,
    identity: `${endpoint.origin}/identity/v3`,
    request: (method, url, options = {}) => {
      const token = values.get("token");
      return sendRequest(method, url, {
        signal,
        ...(token !== undefined && { token }),
        ...options,
      });
    },
    requestAnonymously: (method, url, options = {}) =>
      sendRequest(method, url, { signal, ...options }),
    setValue(what, value) {
      if (typeof value !== "string" || value === "")
        throw new Error(`${what} is missing in the response`);
      values.set(what, value);
    },
    hasValue: (what) => values.has(what),
    getValue(what) {
      const value = values.get(what);
      if (value === undefined) throw new PrerequisiteMissing(`not reached, without ${what}`);
      return value;
    },
    async waitUntil(what, isReached) {
      const began = performance.now();
      while (!(await isReached())) {
        if (performance.now() - began > waitTimeoutMs)
          throw new Error(`${what}: not reached after ${waitTimeoutMs / 1_000} s`);
        await wait(waitIntervalMs, undefined, { signal });
      }
    },
  };
}

/** Logs in and reads the endpoints of compute, images and networks from the catalog. */
export async function logIn(session: CheckSession): Promise<CheckResponse> {
  const { account, requestAnonymously, identity, setValue } = session;
  const body = { auth: account.auth };
  const reply = expectStatus(
    await requestAnonymously("POST", `${identity}/auth/tokens`, { body }),
    201,
  );
  setValue("token", reply.headers.get("x-subject-token"));
  setValue("user", valueAt(reply, "token.user.id"));
  setValue("project", valueAt(reply, "token.project.id"));
  for (const { type, endpoints } of listAt(reply, "token.catalog")) {
    const open = (endpoints as readonly Record<string, unknown>[]).find(
      (one) => one["interface"] === "public",
    );
    setValue(String(type), open?.["url"]);
  }
  return reply;
}

/** Revokes the session's token. */
export const revokeSessionToken = ({
  request,
  identity,
  getValue,
}: CheckSession): Promise<CheckResponse> =>
  request("DELETE", `${identity}/auth/tokens`, {
    headers: { "x-subject-token": getValue("token") },
  });
