import type { Request } from "../costs/counted.ts";
import type { Mix } from "../costs/request.ts";
import type { Sample } from "./pressure.ts";
import { compute } from "./provision.ts";
import type { Session } from "./session.ts";

/** A server that is started and stopped in turn. */
interface Member {
  readonly id: string;
  isRunning: boolean;
  /** When, by `performance.now`, what was last asked of it is done for sure. */
  restsAt: number;
}

/** Milliseconds: to be built, started or stopped takes one second, and the clocks are two. */
const patience = 3_000;

export const fleetOf = (ids: readonly string[]): Member[] =>
  ids.map((id) => ({ id, isRunning: true, restsAt: performance.now() + patience }));

/** What a turn is for the bill; its lists are shorter. */
const charged = {
  show: "show a server",
  list: "list 100 servers with details",
  act: "stop a server",
  console: "get a console",
} as const satisfies Record<string, Request>;

type Turn = keyof typeof charged;

/** Of twenty requests: a list each fifth, three starts or stops, a console, and shows. */
const turns = "show show list show act show list act show console"
  .concat(" show show list show show show list act show show")
  .split(" ") as readonly Turn[];

/** How often each is asked for. */
export const mix: Mix = Object.fromEntries(
  [...Map.groupBy(turns, (turn) => turn)].map(([turn, all]) => [charged[turn], all.length]),
);

/** What clients that wait for servers ask for, about a fleet of servers. */
export function trafficOf(session: Session, fleet: readonly Member[]) {
  const { ask } = session;
  const servers = `${compute(session)}/servers`;

  return async (number: number): Promise<Omit<Sample, "milliseconds">> => {
    const turn = turns[number % turns.length] ?? "show";
    if (turn === "list") return sampled("list", "GET", `${servers}/detail?limit=100`);
    const resting = fleet.filter(({ restsAt }) => restsAt <= performance.now());
    const [first] = resting;
    if (turn === "act" && first) return act(first);
    const running = resting.find(({ isRunning }) => isRunning);
    if (turn === "console" && running) {
      const body = { "os-getVNCConsole": { type: "novnc" } };
      return sampled("console", "POST", `${servers}/${running.id}/action`, body);
    }
    // where all are busy, a client looks
    return sampled("show", "GET", `${servers}/${fleet[number % fleet.length]?.id}`);
  };

  async function act(member: Member) {
    const what = member.isRunning ? "stop" : "start";
    member.restsAt = Number.POSITIVE_INFINITY;
    const url = `${servers}/${member.id}/action`;
    const sample = await sampled(what, "POST", url, { [`os-${what}`]: null });
    // refused, it is as it was to be: an earlier answer was lost
    if (sample.status === 202 || sample.status === 409) member.isRunning = !member.isRunning;
    member.restsAt = performance.now() + patience;
    return sample;
  }

  async function sampled(what: string, method: string, url: string, body?: unknown) {
    const status = await ask(method, url, { ...(body !== undefined && { body }) }).then(
      (reply) => reply.status,
      () => null,
    );
    return { what, status };
  }
}
