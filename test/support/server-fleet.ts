import fc, { type Arbitrary } from "fast-check";
import { projects } from "../../infra/local/accounts.ts";
import {
  decodeServer,
  projectPartition,
  serverSortKey,
} from "../../lambdas/compute/database/server-item.ts";
import { seedFlavors } from "../../lambdas/compute/model/flavor.ts";
import {
  beginMotion,
  type Motion,
  type VmState,
  vmStates,
} from "../../lambdas/compute/model/lifecycle.ts";
import {
  addResources,
  noResources,
  type Resources,
  reservedBy,
} from "../../lambdas/compute/model/quota.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { actionRequests, nearlyValidBodies } from "./action-requests.ts";
import type { TestCloud, TestResponse } from "./cloud.ts";
import { readItems } from "./items.ts";
import { type ModelRequest, modelAccounts } from "./reference-model.ts";
import { seedServer, settledServer } from "./servers.ts";

const { id: project } = projects.demo;

const unlimitedQuota: Resources = { instances: 1_000, cores: 10_000, ram: 10_000_000 };

export const initialStates: Arbitrary<readonly [VmState, Partial<Server>]> = fc
  .tuple(
    fc.constantFrom(...vmStates.filter((vm) => vm !== "deleted" && vm !== "building")),
    fc.constantFrom<Partial<Server>>({}, {}, {}, { launched: null }, { host: "", launched: null }),
    fc.constantFrom<VmState>("active", "stopped"),
  )
  .map(([vm, kind, stateBeforeResize]) => {
    const [flavor = null, other = null] = seedFlavors;
    // Its resources are released.
    if (vm === "soft-delete") return [vm, { ...kind, freed: true }];
    if (vm !== "resized") return [vm, kind];
    const previous: Motion = settledServer(stateBeforeResize).motion;
    const motion = beginMotion("resize", previous, previous.due);
    const until = motion.due - 300;
    const before = { flavor, host: "novaless-2", hostId: "b".repeat(56), until, migration: 1 };
    return [vm, { flavor: other, motion, before }];
  });

export async function seedServerWithQuota(
  { table, servers, now }: TestCloud,
  [vm, overrides]: readonly [VmState, Partial<Server>],
): Promise<Server> {
  const server = await seedServer(table, settledServer(vm, overrides));
  if (!server.freed) await servers.reserveQuota(project, reservedBy(server), now(), unlimitedQuota);
  return server;
}

/** Formats a counterexample. */
const withReadableForm = (one: ModelRequest): ModelRequest => ({
  ...one,
  ...{
    [fc.toStringMethod]: () =>
      `${one.account} ${one.actionRequest ? JSON.stringify(one.body) : "DELETE"}`,
  },
});

export const modelRequests: Arbitrary<ModelRequest> = fc
  .record({
    who: fc.constantFrom(...modelAccounts),
    actionRequest: fc.option(fc.constantFrom(...actionRequests), { freq: 12 }),
    isWild: fc.integer({ max: 7, min: 0 }).map((chance) => chance === 0),
  })
  .chain(({ who: account, actionRequest, isWild }): Arbitrary<ModelRequest> => {
    if (!actionRequest)
      return fc.constant(
        withReadableForm({ account, actionRequest, body: undefined, isWild: false }),
      );
    const bodies = isWild
      ? nearlyValidBodies(actionRequest)
      : actionRequest.values.map((value) => ({ [actionRequest.action]: value }));
    return bodies.map((body) => withReadableForm({ account, actionRequest, body, isWild }));
  });

export const sendModelRequest = (
  { call }: TestCloud,
  id: string,
  { account, actionRequest, body }: ModelRequest,
): Promise<TestResponse> =>
  actionRequest
    ? call("POST", `/v2.1/servers/${id}/action`, { as: account, body })
    : call("DELETE", `/v2.1/servers/${id}`, { as: account });

export const refusalMessage = (answer: TestResponse): string =>
  answer.status < 400
    ? ""
    : String((Object.values(answer.json)[0] as { readonly message?: unknown }).message);

/** All stored servers of the project, newest first, deleted ones included. */
export async function storedServers({ table }: TestCloud): Promise<readonly Server[]> {
  const items = await readItems(table);
  return items
    .filter(
      ({ pk, sk }) => pk?.S === projectPartition(project) && sk?.S?.startsWith(serverSortKey("")),
    )
    .map(decodeServer)
    .reverse();
}

export const expectedUsage = (all: readonly Server[]): Resources =>
  all
    .filter(({ motion }) => motion.action !== "delete")
    .map(reservedBy)
    .reduce(addResources, noResources);
