import { type FunctionEntry, functions as registered } from "../../lambdas/functions.ts";
import type { DynamoAction, OperationHeader } from "../../lambdas/http/operation.ts";
import { fallbackId, singleId } from "../register/function-module.ts";
import type { Packaging } from "./stages.ts";

/** Permissions of a function besides writing its log. */
export interface Permissions {
  readonly actions: readonly DynamoAction[];
  /** The function reads the private key that signs tokens. */
  readonly signsTokens: boolean;
}

/** A deployed function. */
export interface DeployedFunction {
  readonly id: string;
  readonly permissions: Permissions;
}

/**
 * DynamoDB calls of authentication: the list of revocations is a Query. HTTP Basic, which only
 * FlexCloud has, reads a user by name too (identity/database/revocations.ts and
 * identity/repositories/users.ts).
 */
const authenticationCalls = (basic: boolean): readonly DynamoAction[] =>
  basic ? ["GetItem", "Query"] : ["Query"];

/** FlexCloud's mounts belong to the compute API; its group has none of them. */
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

/** Operations that a function serves, a group's siblings included. */
export const loadServedOperations = ({
  operations,
  siblings,
}: FunctionEntry): readonly OperationHeader[] => [...operations, ...withoutKey(siblings)];

/**
 * The function of the $default route. It serves operations of other functions, those that sign
 * tokens excepted.
 */
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

/** One function with the permissions of all. */
export const singleFunction: DeployedFunction = {
  id: singleId,
  permissions: permissionsOf(registered.flatMap(loadServedOperations), true),
};

/** The function that CloudFormation invokes during a deployment; no route leads to it. */
export const provisioningFunction: DeployedFunction = {
  id: "provisioning/provision",
  permissions: { actions: ["GetItem", "PutItem"], signsTokens: false },
};

/** Ids of everything that is bundled. */
export const bundledModuleIds: readonly string[] = [
  ...deployedFunctions,
  singleFunction,
  provisioningFunction,
].map(({ id }) => id);

export interface PackagingPlan {
  readonly functions: readonly DeployedFunction[];
  /** Id of the function that serves a function's routes; null is the $default route. */
  functionFor(entry: string | null): string;
}

export const packagingPlans: Readonly<Record<Packaging, PackagingPlan>> = {
  "per-operation": {
    functions: deployedFunctions,
    functionFor: (entry) => entry ?? fallbackFunction.id,
  },
  single: { functions: [singleFunction], functionFor: () => singleFunction.id },
};
