import fc, { type Arbitrary } from "fast-check";
import { projects } from "../../infra/local/accounts.ts";
import { decode, partitionOf, sortOf } from "../../lambdas/compute/database/server-item.ts";
import { flavors } from "../../lambdas/compute/model/flavor.ts";
import {
  begin,
  type Motion,
  type VmState,
  vmStates,
} from "../../lambdas/compute/model/lifecycle.ts";
import { add, heldBy, nothing, type Resources } from "../../lambdas/compute/model/quota.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { Answered, cloud } from "./cloud.ts";
import { errands, wild } from "./errands.ts";
import { itemsOf } from "./items.ts";
import { type Asked, everybody } from "./paper.ts";
import { given, resting } from "./servers.ts";

type World = Awaited<ReturnType<typeof cloud>>;

const { id: project } = projects.demo;

/** More than anything takes. */
const plenty: Resources = { instances: 1_000, cores: 10_000, ram: 10_000_000 };

/** States that a server can be found in, and what else one that has got there is. */
export const beginnings: Arbitrary<readonly [VmState, Partial<Server>]> = fc
  .tuple(
    fc.constantFrom(...vmStates.filter((vm) => vm !== "deleted" && vm !== "building")),
    fc.constantFrom<Partial<Server>>({}, {}, {}, { launched: null }, { host: "", launched: null }),
    fc.constantFrom<VmState>("active", "stopped"),
  )
  .map(([vm, kind, found]) => {
    const [flavor = null, other = null] = flavors;
    // it has given back what it took
    if (vm === "soft-delete") return [vm, { ...kind, freed: true }];
    if (vm !== "resized") return [vm, kind];
    const was: Motion = resting(found).motion;
    const motion = begin("resize", was, was.due);
    const until = motion.due - 300;
    const before = { flavor, host: "novaless-2", hostId: "b".repeat(56), until, migration: 1 };
    return [vm, { flavor: other, motion, before }];
  });

/** Puts a server there as if it had come to be by requests: the quota knows of it too. */
export async function found(
  { table, servers, now }: World,
  [vm, over]: readonly [VmState, Partial<Server>],
): Promise<Server> {
  const server = await given(table, resting(vm, over));
  if (!server.freed) await servers.hold(project, heldBy(server), now(), plenty);
  return server;
}

/** As a counterexample is to be read. */
const told = (one: Asked): Asked => ({
  ...one,
  ...{
    [fc.toStringMethod]: () => `${one.who} ${one.errand ? JSON.stringify(one.body) : "DELETE"}`,
  },
});

/** Something that somebody asks of a server. */
export const asked: Arbitrary<Asked> = fc
  .record({
    who: fc.constantFrom(...everybody),
    errand: fc.option(fc.constantFrom(...errands), { freq: 12 }),
    isWild: fc.integer({ max: 7, min: 0 }).map((chance) => chance === 0),
  })
  .chain(({ who, errand, isWild }): Arbitrary<Asked> => {
    if (!errand) return fc.constant(told({ who, errand, body: undefined, isWild: false }));
    const bodies = isWild ? wild(errand) : errand.values.map((value) => ({ [errand.key]: value }));
    return bodies.map((body) => told({ who, errand, body, isWild }));
  });

/** Asks it through the front door. */
export const ask = (
  { call }: World,
  id: string,
  { who, errand, body }: Asked,
): Promise<Answered> =>
  errand
    ? call("POST", `/v2.1/servers/${id}/action`, { as: who, body })
    : call("DELETE", `/v2.1/servers/${id}`, { as: who });

/** What a refusal says. */
export const messageOf = (answer: Answered): string =>
  answer.status < 400
    ? ""
    : String((Object.values(answer.json)[0] as { readonly message?: unknown }).message);

/** Every server of the project as it is kept, the newest first, also those that are gone. */
export async function kept({ table }: World): Promise<readonly Server[]> {
  const items = await itemsOf(table);
  return items
    .filter(({ pk, sk }) => pk?.S === partitionOf(project) && sk?.S?.startsWith(sortOf("")))
    .map(decode)
    .reverse();
}

/** What the quota's counter is to be: what is held by all that nobody has deleted. */
export const heldByAll = (all: readonly Server[]): Resources =>
  all
    .filter(({ motion }) => motion.action !== "delete")
    .map(heldBy)
    .reduce(add, nothing);
