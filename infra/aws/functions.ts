import { type FunctionEntry, functions as registered } from "../../lambdas/functions.ts";
import type { DynamoAction, OperationHeader } from "../../lambdas/http/operation.ts";
import { fallbackId, singleId } from "../register/function-module.ts";
import type { Packaging } from "./stages.ts";

/** What a function may do besides writing its log: its role allows that and no more. */
export interface Permissions {
  readonly actions: readonly DynamoAction[];
  /** Reads the private key that tokens are signed with. */
  readonly signsTokens: boolean;
}

/** A function that is deployed. */
export interface DeployedFunction {
  readonly id: string;
  readonly permissions: Permissions;
}

/**
 * The calls of authentication: the list of revocations is a Query. HTTP Basic, which only FlexCloud
 * has, gets a user by name too (identity/database/revocations.ts and identity/repositories/users.ts).
 */
const authenticationCalls = (basic: boolean): readonly DynamoAction[] =>
  basic ? ["GetItem", "Query"] : ["Query"];

/** FlexCloud's mounts are mounts of the compute API, and its group has none of them. */
const isFlexcloud = ({ kind, service }: FunctionEntry): boolean =>
  service === "compute" && kind !== "group";

export function permissionsOf(served: readonly OperationHeader[], basic: boolean): Permissions {
  const actions = served.flatMap(({ isPublic, dynamoCalls }) =>
    isPublic ? dynamoCalls : [...dynamoCalls, ...authenticationCalls(basic)],
  );
  return {
    actions: [...new Set(actions)].sort(),
    signsTokens: served.some(({ signsTokens }) => signsTokens === true),
  };
}

const withoutKey = (operations: readonly OperationHeader[]) =>
  operations.filter(({ signsTokens }) => !signsTokens);

/** What a function serves: a group serves its siblings too, by another spelling. */
export const loadServedOperations = ({
  operations,
  siblings,
}: FunctionEntry): readonly OperationHeader[] => [...operations, ...withoutKey(siblings)];

/** The function of the $default route. It serves any operation of the others but those that sign. */
export const fallbackFunction: DeployedFunction = {
  id: fallbackId,
  permissions: permissionsOf(
    withoutKey(
      registered.filter(({ kind }) => kind !== "group").flatMap(({ operations }) => operations),
    ),
    true,
  ),
};

export const deployedFunctions: readonly DeployedFunction[] = [
  ...registered.map((entry) => ({
    id: entry.id,
    permissions: permissionsOf(loadServedOperations(entry), isFlexcloud(entry)),
  })),
  fallbackFunction,
];

/** All of them in one, and so with the needs of all. */
export const singleFunction: DeployedFunction = {
  id: singleId,
  permissions: permissionsOf(registered.flatMap(loadServedOperations), true),
};

/** The function that CloudFormation calls while it deploys; no route leads to it. */
export const provisioningFunction: DeployedFunction = {
  id: "provisioning/provision",
  permissions: { actions: ["GetItem", "PutItem"], signsTokens: false },
};

/** All that is bundled. */
export const bundledModuleIds: readonly string[] = [
  ...deployedFunctions,
  singleFunction,
  provisioningFunction,
].map(({ id }) => id);

export interface PackagingPlan {
  readonly functions: readonly DeployedFunction[];
  /** The function that serves an entry, by their ids; null for the $default route. */
  functionFor(entry: string | null): string;
}

export const packagingPlans: Readonly<Record<Packaging, PackagingPlan>> = {
  "per-operation": {
    functions: deployedFunctions,
    functionFor: (entry) => entry ?? fallbackFunction.id,
  },
  single: { functions: [singleFunction], functionFor: () => singleFunction.id },
};
