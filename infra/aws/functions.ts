import { type FunctionEntry, functions as registered } from "../../lambdas/functions.ts";
import type { DynamoAction, OperationHeader } from "../../lambdas/http/operation.ts";
import { fallbackId, singleId } from "../register/function-module.ts";
import type { Packaging } from "./stages.ts";

/** What a function may do besides writing its log: its role allows that and no more. */
export interface Needs {
  readonly actions: readonly DynamoAction[];
  /** Reads the private key that tokens are signed with. */
  readonly signs: boolean;
}

/** A function that is deployed. */
export interface Deployed {
  readonly id: string;
  readonly needs: Needs;
}

/**
 * The calls of authentication: the list of revocations is a Query. HTTP Basic, which only FlexCloud
 * has, gets a user by name too (identity/database/revocations.ts and identity/repositories/users.ts).
 */
const authentication = (basic: boolean): readonly DynamoAction[] =>
  basic ? ["GetItem", "Query"] : ["Query"];

/** FlexCloud's mounts are mounts of the compute API, and its group has none of them. */
const isFlexcloud = ({ kind, service }: FunctionEntry): boolean =>
  service === "compute" && kind !== "group";

export function needsOf(served: readonly OperationHeader[], basic: boolean): Needs {
  const actions = served.flatMap(({ isPublic, dynamoCalls }) =>
    isPublic ? dynamoCalls : [...dynamoCalls, ...authentication(basic)],
  );
  return {
    actions: [...new Set(actions)].sort(),
    signs: served.some(({ signsTokens }) => signsTokens === true),
  };
}

const withoutKey = (operations: readonly OperationHeader[]) =>
  operations.filter(({ signsTokens }) => !signsTokens);

/** What a function serves: a group serves its siblings too, by another spelling. */
export const servedBy = ({ operations, siblings }: FunctionEntry): readonly OperationHeader[] => [
  ...operations,
  ...withoutKey(siblings),
];

/** The function of the $default route. It serves any operation of the others but those that sign. */
export const fallback: Deployed = {
  id: fallbackId,
  needs: needsOf(
    withoutKey(
      registered.filter(({ kind }) => kind !== "group").flatMap(({ operations }) => operations),
    ),
    true,
  ),
};

export const functions: readonly Deployed[] = [
  ...registered.map((entry) => ({
    id: entry.id,
    needs: needsOf(servedBy(entry), isFlexcloud(entry)),
  })),
  fallback,
];

/** All of them in one, and so with the needs of all. */
export const single: Deployed = {
  id: singleId,
  needs: needsOf(registered.flatMap(servedBy), true),
};

/** The function that CloudFormation calls while it deploys; no route leads to it. */
export const provisioning: Deployed = {
  id: "provisioning/provision",
  needs: { actions: ["GetItem", "PutItem"], signs: false },
};

/** All that is bundled. */
export const modules: readonly string[] = [...functions, single, provisioning].map(({ id }) => id);

export interface Packaged {
  readonly functions: readonly Deployed[];
  /** The function that serves an entry, by their ids; null for the $default route. */
  servedBy(entry: string | null): string;
}

export const packagings: Readonly<Record<Packaging, Packaged>> = {
  "per-operation": { functions, servedBy: (entry) => entry ?? fallback.id },
  single: { functions: [single], servedBy: () => single.id },
};
