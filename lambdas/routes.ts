import * as annexes from "./annexes.ts";
import type { Annex, AnyOperation, Target } from "./http/operation.ts";
import * as register from "./operations.ts";
import { serverActions } from "./servers/actions.ts";
import { doors, type Service } from "./services.ts";

/** A function there is: a module under lambdas/ with a `handler`, and what it serves. */
export interface Entry {
  readonly id: string;
  readonly target: Target | Annex;
  /** null for an annex, which serves whatever is under its doors. */
  readonly service: Service | null;
  /** Holds the private key that tokens are signed with. */
  readonly signs: boolean;
  /** Every operation it serves. */
  operations(): Promise<readonly AnyOperation[]>;
}

export interface Route {
  /** As API Gateway has it: "GET /v2.1/servers/{server_id}". */
  readonly key: string;
  readonly entry: Entry;
}

const loaded = (lazily: Readonly<Record<string, () => Promise<AnyOperation>>>) =>
  Promise.all(Object.values(lazily).map((load) => load()));

const resources: readonly AnyOperation[] = Object.values(register);

/** A function answers one operation, save that actions share their route's, and an annex has many. */
export const entries: readonly Entry[] = [
  ...resources.map((operation) => ({
    id: operation.id,
    target: operation,
    service: operation.service,
    signs: operation.signsTokens === true,
    operations: async () => [operation],
  })),
  {
    id: serverActions.id,
    target: serverActions,
    service: "compute",
    signs: false,
    operations: () => loaded(serverActions.actions),
  },
  ...Object.values(annexes).map((annex) => ({
    id: annex.id,
    target: annex,
    service: null,
    signs: false,
    operations: () => loaded(annex.operations),
  })),
];

/** Every route of every door. What is deployed and what is served locally are both this. */
export const routes: readonly Route[] = entries.flatMap((entry) =>
  keysOf(entry).map((key) => ({ key, entry })),
);

function keysOf({ target, service }: Entry): string[] {
  if ("operations" in target) {
    // whatever follows the part of a door that is said
    const said = new Set(target.doors.map((door) => door.replace(/\/\{.*/, "")));
    return [...said].map((prefix) => `ANY ${prefix}/{proxy+}`);
  }
  return doors[service ?? "root"].map((door) => target.route.replace(" ", ` ${door}`));
}
