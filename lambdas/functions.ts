import { groupBy } from "./core/group-by.ts";
import type { Service } from "./http/operation.ts";
import { type RegisteredOperation, register } from "./register.ts";
import { dialectOf, groupMounts, mounts } from "./services.ts";

/**
 * One Lambda function.
 * - `operation` serves one operation.
 * - `actions` serves the operations of one route; the body names the action.
 * - `group` serves every path under its mounts that no other function has (docs/decisions/0008).
 */
export interface FunctionEntry {
  readonly id: string;
  readonly kind: "operation" | "actions" | "group";
  readonly service: Service;
  readonly operations: readonly RegisteredOperation[];
  /**
   * For a group: operations under its mounts that have functions of their own, because a client may end
   * their paths with a slash. Their routes are relative to the group's mounts. Those that sign tokens are
   * known and not served.
   */
  readonly siblings: readonly RegisteredOperation[];
  readonly mounts: readonly string[];
  /** API Gateway route keys: "GET /v2.1/servers/{server_id}". */
  readonly routes: readonly string[];
  readonly signsTokens: boolean;
}

/** A function's key, or undefined for an operation that its service's group serves. */
const functionIdOf = ({ id, function: name }: RegisteredOperation): string | undefined =>
  name === "own" ? id : name;

const separate = register.filter((operation) => functionIdOf(operation) !== undefined);

export const groupIdOf = (service: Service): string => `${service}/group`;

const separateFunctions = [...groupBy(separate, functionIdOf)].flatMap(
  ([id, operations]): FunctionEntry[] => {
    const [first] = operations;
    if (id === undefined || !first) return [];
    const { service, route } = first;
    return [
      {
        id,
        kind: first.function === "own" ? "operation" : "actions",
        service,
        operations,
        siblings: [],
        mounts: mounts[service],
        routes: mounts[service].map((mount) => mountedRoute(route, mount)),
        signsTokens: operations.some(({ signsTokens }) => signsTokens === true),
      },
    ];
  },
);

const grouped = register.filter((operation) => functionIdOf(operation) === undefined);

const groupFunctions = [...groupBy(grouped, ({ service }) => service)].map(
  ([service, operations]): FunctionEntry => {
    const under = groupMounts[service];
    const isLenient = under.some((mount) => dialectOf(mount, {}).hasLenientPaths);
    return {
      id: groupIdOf(service),
      kind: "group",
      service,
      operations,
      siblings: isLenient ? separate.flatMap((operation) => asSibling(operation, under)) : [],
      mounts: under,
      routes: [...new Set(under.map((mount) => mount.replace(/\/\{.*/, "")))].map(
        (prefix) => `ANY ${prefix}/{proxy+}`,
      ),
      signsTokens: false,
    };
  },
);

/** An operation with its route relative to those mounts of a group that contain it. */
function asSibling(
  operation: RegisteredOperation,
  groupMounts: readonly string[],
): readonly RegisteredOperation[] {
  return mounts[operation.service].flatMap((mount) => {
    const [method = "", path = ""] = mountedRoute(operation.route, mount).split(" ");
    return groupMounts
      .filter((prefix) => path.startsWith(`${prefix}/`))
      .map((prefix) => ({ ...operation, route: `${method} ${path.slice(prefix.length)}` }));
  });
}

/** "GET /servers" at "/v2.1" is "GET /v2.1/servers". */
export function mountedRoute(route: string, mount: string): string {
  return route.replace(" ", ` ${mount}`);
}

export const functions: readonly FunctionEntry[] = [...separateFunctions, ...groupFunctions];

/** Every deployed route key with its function. */
export const routes: readonly { readonly key: string; readonly entry: FunctionEntry }[] =
  functions.flatMap((entry) => entry.routes.map((key) => ({ key, entry })));
