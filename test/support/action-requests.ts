import fc, { type Arbitrary } from "fast-check";
import { seedFlavors } from "../../lambdas/compute/model/flavor.ts";
import { type RequestedAction, requestedRuleOf } from "../../lambdas/compute/model/lifecycle.ts";
import type { Schema } from "../../lambdas/http/schema.ts";
import { validate } from "../../lambdas/http/validation.ts";
import type { Role } from "../../lambdas/identity/model/identity.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { nearlyValid } from "./near-schema.ts";
import { operations } from "./register.ts";

export interface ActionRequest {
  readonly action: string;
  /** The row for the given value; null if no state changes. */
  readonly requestedAction: (value: unknown) => RequestedAction | null;
  readonly verb: string;
  readonly successStatus: number;
  /** The action succeeds whenever the table allows it. */
  readonly isCertain: boolean;
  readonly values: Arbitrary<unknown>;
}

const anyValue = fc.constantFrom<unknown>(null, {}, [], "", true, 7);
const nullValue = fc.constant(null);

const transitionRequest = (
  actionName: string,
  requestedAction: RequestedAction,
  overrides: Partial<Omit<ActionRequest, "key" | "deed">> = {},
): ActionRequest => ({
  action: actionName,
  requestedAction: () => requestedAction,
  verb: actionName.replace(/^os-/, ""),
  successStatus: 202,
  isCertain: true,
  values: anyValue,
  ...overrides,
});

const memberOf = (value: unknown, name: string): unknown =>
  value !== null && typeof value === "object"
    ? (value as Record<string, unknown>)[name]
    : undefined;

const imageId = seedImages[0]?.id;

/** Actions whose row, body or status depends on more than their declaration. */
const specialRequests: readonly ActionRequest[] = [
  {
    ...transitionRequest("reboot", "hardReboot", {
      values: fc.constantFrom("HARD", "SOFT", "Hard", "soft").map((type) => ({ type })),
    }),
    requestedAction: (value) =>
      /^soft$/i.test(String(memberOf(value, "type"))) ? "softReboot" : "hardReboot",
  },
  transitionRequest("rescue", "rescue", {
    successStatus: 200,
    values: fc.constantFrom(null, {}, { adminPass: "p" }),
  }),
  transitionRequest("resize", "resize", {
    isCertain: false,
    values: fc.constantFrom(...seedFlavors.map(({ id }) => ({ flavorRef: id }))),
  }),
  transitionRequest("migrate", "migrate", { isCertain: false, values: nullValue }),
  transitionRequest("confirmResize", "confirmResize", { successStatus: 204 }),
  transitionRequest("revertResize", "revertResize"),
  transitionRequest("rebuild", "rebuild", {
    isCertain: false,
    values: fc.constant({ imageRef: imageId }),
  }),
  transitionRequest("createImage", "createImage", { values: fc.constant({ name: "snap" }) }),
  transitionRequest("createBackup", "createBackup", {
    values: fc
      .integer({ min: 0, max: 2 })
      .map((rotation) => ({ name: "back", backup_type: "daily", rotation })),
  }),
  transitionRequest("shelve", "shelve", { values: nullValue }),
  transitionRequest("unshelve", "unshelve", { isCertain: false, values: nullValue }),
  transitionRequest("restore", "restore", { isCertain: false }),
  transitionRequest("forceDelete", "delete", { verb: "delete" }),
  transitionRequest("os-migrateLive", "liveMigrate", {
    verb: "os-migrateLive",
    isCertain: false,
    values: fc.constant({ host: null, block_migration: false, disk_over_commit: false }),
  }),
  transitionRequest("evacuate", "evacuate", {
    successStatus: 200,
    isCertain: false,
    values: fc.constant({ onSharedStorage: false }),
  }),
  {
    ...transitionRequest("os-resetState", "resetToError", {
      values: fc.constantFrom("active", "error").map((state) => ({ state })),
    }),
    requestedAction: (value) =>
      memberOf(value, "state") === "active" ? "resetToActive" : "resetToError",
  },
];

const serverActionOperations = operations.filter(
  ({ function: name }) => name === "compute/server-action",
);

const isSpecial = (name: string): boolean => specialRequests.some(({ action }) => action === name);

function isValid(schema: Schema, body: unknown): boolean {
  try {
    validate(schema, body, { part: "body", unknownMembers: "refused" });
    return true;
  } catch {
    return false;
  }
}

const declaredRequests = serverActionOperations.flatMap(
  ({ action = "", begins, body }): ActionRequest[] =>
    begins === undefined || isSpecial(action)
      ? []
      : [
          transitionRequest(action, begins as RequestedAction, {
            verb: requestedRuleOf(begins as RequestedAction).verb,
            ...(body && {
              values: nearlyValid(body as Schema)
                .filter((whole) => isValid(body as Schema, whole))
                .map((whole) => memberOf(whole, action) ?? null),
            }),
          }),
        ],
);

const otherRequests = serverActionOperations.flatMap(
  ({ action: actionName = "", begins, body }): ActionRequest[] =>
    begins !== undefined || isSpecial(actionName)
      ? []
      : [
          {
            action: actionName,
            requestedAction: () => null,
            verb: "",
            successStatus: 202,
            isCertain: false,
            values: body
              ? nearlyValid(body as Schema).map((whole) => memberOf(whole, actionName) ?? null)
              : anyValue,
          },
        ],
);

export const actionRequests: readonly ActionRequest[] = [
  ...specialRequests.filter(({ action: key }) =>
    serverActionOperations.some(({ action }) => action === key),
  ),
  ...declaredRequests,
  ...otherRequests,
];

export const nearlyValidBodies = ({ action: actionName }: ActionRequest): Arbitrary<unknown> => {
  const body = serverActionOperations.find(({ action }) => action === actionName)?.body;
  return body
    ? nearlyValid(body as Schema)
    : fc.jsonValue({ maxDepth: 1 }).map((json) => ({ [actionName]: json }));
};

export function requiredRole({ action: actionName }: ActionRequest): Role {
  const access = serverActionOperations.find(({ action }) => action === actionName)?.access;
  return typeof access === "object" ? access.role : "reader";
}
