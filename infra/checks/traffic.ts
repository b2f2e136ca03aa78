import type { MeasuredRequest } from "../costs/counted.ts";
import type { RequestMix } from "../costs/request.ts";
import type { Sample } from "./pressure.ts";
import { computeUrl } from "./provision.ts";
import type { CheckSession } from "./session.ts";

/** A server that is started and stopped in turn. */
interface TrafficServer {
  readonly id: string;
  isRunning: boolean;
  /** When, by `performance.now`, what was last asked of it is done for sure. */
  settledAtMs: number;
}

/** Milliseconds: to be built, started or stopped takes one second, and the clocks are two. */
const settleMs = 3_000;

export const toTrafficServers = (ids: readonly string[]): TrafficServer[] =>
  ids.map((id) => ({ id, isRunning: true, settledAtMs: performance.now() + settleMs }));

/** What a turn is for the bill; its lists are shorter. */
const measuredRequests = {
  show: "show a server",
  list: "list 100 servers with details",
  act: "stop a server",
  console: "get a console",
} as const satisfies Record<string, MeasuredRequest>;

type TrafficStep = keyof typeof measuredRequests;

/** Of twenty requests: a list each fifth, three starts or stops, a console, and shows. */
const trafficSteps = "show show list show act show list act show console"
  .concat(" show show list show show show list act show show")
  .split(" ") as readonly TrafficStep[];

/** How often each is asked for. */
export const trafficMix: RequestMix = Object.fromEntries(
  [...Map.groupBy(trafficSteps, (turn) => turn)].map(([turn, all]) => [
    measuredRequests[turn],
    all.length,
  ]),
);

/** What clients that wait for servers ask for, about a fleet of servers. */
export function trafficSender(session: CheckSession, trafficServers: readonly TrafficServer[]) {
  const { request } = session;
  const servers = `${computeUrl(session)}/servers`;

  return async (number: number): Promise<Omit<Sample, "durationMs">> => {
    const step = trafficSteps[number % trafficSteps.length] ?? "show";
    if (step === "list") return takeSample("list", "GET", `${servers}/detail?limit=100`);
    const settled = trafficServers.filter(({ settledAtMs }) => settledAtMs <= performance.now());
    const [first] = settled;
    if (step === "act" && first) return act(first);
    const running = settled.find(({ isRunning }) => isRunning);
    if (step === "console" && running) {
      const body = { "os-getVNCConsole": { type: "novnc" } };
      return takeSample("console", "POST", `${servers}/${running.id}/action`, body);
    }
    // where all are busy, a client looks
    return takeSample(
      "show",
      "GET",
      `${servers}/${trafficServers[number % trafficServers.length]?.id}`,
    );
  };

  async function act(member: TrafficServer) {
    const what = member.isRunning ? "stop" : "start";
    member.settledAtMs = Number.POSITIVE_INFINITY;
    const url = `${servers}/${member.id}/action`;
    const sample = await takeSample(what, "POST", url, { [`os-${what}`]: null });
    // refused, it is as it was to be: an earlier answer was lost
    if (sample.status === 202 || sample.status === 409) member.isRunning = !member.isRunning;
    member.settledAtMs = performance.now() + settleMs;
    return sample;
  }

  async function takeSample(kind: string, method: string, url: string, body?: unknown) {
    const status = await request(method, url, { ...(body !== undefined && { body }) }).then(
      (reply) => reply.status,
      () => null,
    );
    return { kind, status };
  }
}
