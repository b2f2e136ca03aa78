import { setTimeout as wait } from "node:timers/promises";
import type { Account } from "./account.ts";
import { type Asked, answered, ask, listed, type Reply, told } from "./ask.ts";
import { NotReached } from "./checklist.ts";

/** Somebody who asks a cloud, and what they have learnt of it. */
export interface Session {
  readonly account: Account;
  readonly identity: string;
  /** Asks with the token, once there is one. */
  ask(method: string, url: string, asked?: Asked): Promise<Reply>;
  /** Asks without. */
  plainly(method: string, url: string, asked?: Asked): Promise<Reply>;
  learn(what: string, value: unknown): void;
  has(what: string): boolean;
  /** What was learnt; without it, whoever asks is not reached. */
  known(what: string): string;
  /** Looks again and again until something is so. */
  until(what: string, look: () => Promise<boolean>): Promise<void>;
}

/** How long, in milliseconds, something is waited for, and how often it is looked for. */
const patience = 60_000;
const pace = 200;

export function sessionAt(endpoint: URL, account: Account, signal: AbortSignal): Session {
  const learnt = new Map<string, string>();
  return {
    account,
    identity: `${endpoint.origin}/identity/v3`,
    ask: (method, url, asked = {}) => {
      const token = learnt.get("token");
      return ask(method, url, { signal, ...(token !== undefined && { token }), ...asked });
    },
    plainly: (method, url, asked = {}) => ask(method, url, { signal, ...asked }),
    learn(what, value) {
      if (typeof value !== "string" || value === "") throw new Error(`${what} is not told`);
      learnt.set(what, value);
    },
    has: (what) => learnt.has(what),
    known(what) {
      const value = learnt.get(what);
      if (value === undefined) throw new NotReached(`not reached, without ${what}`);
      return value;
    },
    async until(what, look) {
      const began = performance.now();
      while (!(await look())) {
        if (performance.now() - began > patience)
          throw new Error(`${what}: not so after ${patience / 1_000} s`);
        await wait(pace, undefined, { signal });
      }
    },
  };
}

/** Logs in, and learns what the catalog says: where compute, images and networks are. */
export async function logIn(session: Session): Promise<Reply> {
  const { account, plainly, identity, learn } = session;
  const body = { auth: account.auth };
  const reply = answered(await plainly("POST", `${identity}/auth/tokens`, { body }), 201);
  learn("token", reply.headers.get("x-subject-token"));
  learn("user", told(reply, "token.user.id"));
  learn("project", told(reply, "token.project.id"));
  for (const { type, endpoints } of listed(reply, "token.catalog")) {
    const open = (endpoints as readonly Record<string, unknown>[]).find(
      (one) => one["interface"] === "public",
    );
    learn(String(type), open?.["url"]);
  }
  return reply;
}

/** Ends the session's token. */
export const giveBack = ({ ask, identity, known }: Session): Promise<Reply> =>
  ask("DELETE", `${identity}/auth/tokens`, { headers: { "x-subject-token": known("token") } });
