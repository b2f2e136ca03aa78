import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { type Answered, type Asked, cloud } from "./cloud.ts";
import { given, resting } from "./servers.ts";

export const at = (version: number) => ({ "x-openstack-nova-api-version": `2.${version}` });

/** How an answer refuses; null where it does not. */
export function refusal(answer: Answered): readonly [status: number, message: string] | null {
  if (answer.status < 300) return null;
  const [fault] = Object.values<{ message: string }>(answer.json);
  return [answer.status, fault?.message ?? ""];
}

/** A cloud with one server of demo's that rests, and how it is acted on and looked at. */
export async function oneServer(vm: VmState = "active", over: Partial<Server> = {}) {
  const world = await cloud();
  const server = await given(world.table, resting(vm, over));
  return { ...world, server, ...handling(world, server.id) };
}

type World = Awaited<ReturnType<typeof cloud>>;

/** The ways to a server of a world's. */
export function handling({ call }: Pick<World, "call">, id: string) {
  const path = `/v2.1/servers/${id}`;
  const act = (action: string, body: unknown = null, asked: Asked = {}) =>
    call("POST", `${path}/action`, { body: { [action]: body }, ...asked });
  const show = async (asked: Asked = {}) => (await call("GET", path, asked)).json.server;
  return {
    id,
    path,
    act,
    show,
    /** vm_state, task_state, power_state and status, as they are shown. */
    async state() {
      const shown = await show();
      return [
        ...["vm_state", "task_state", "power_state"].map((name) => shown[`OS-EXT-STS:${name}`]),
        shown.status,
      ];
    },
  };
}
