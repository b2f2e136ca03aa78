import type { MeasuredRequest } from "../costs/measured-usage.ts";
import type { RequestMix } from "../costs/request-cost.ts";
import type { CheckSession } from "./check-session.ts";
import type { Sample } from "./load-generator.ts";
import { computeUrl } from "./server-resources.ts";

/** A server that is started and stopped by turns. */
interface TrafficServer {
  readonly id: string;
  isRunning: boolean;
  /** The `performance.now` at which its last action has certainly ended. */
  settledAtMs: number;
}

/** Milliseconds: an action takes one second, plus the difference of two clocks. */
const settleMs = 3_000;

export const toTrafficServers = (ids: readonly string[]): TrafficServer[] =>
  ids.map((id) => ({ id, isRunning: true, settledAtMs: performance.now() + settleMs }));

/** The measured request of each step; the steps' lists are shorter. */
const measuredRequests = {
  show: "show a server",
  list: "list 100 servers with details",
  act: "stop a server",
  console: "get a console",
} as const satisfies Record<string, MeasuredRequest>;

type TrafficStep = keyof typeof measuredRequests;

/** Twenty requests: four lists, three starts or stops, one console, and shows. */
const trafficSteps = "show show list show act show list act show console"
  .concat(" show show list show show show list act show show")
  .split(" ") as readonly TrafficStep[];

/** The share of each request. */
export const trafficMix: RequestMix = Object.fromEntries(
  [...Map.groupBy(trafficSteps, (turn) => turn)].map(([turn, all]) => [
    measuredRequests[turn],
    all.length,
  ]),
);

/** Requests of clients that wait for servers. */
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
    // where all servers are busy, a client polls
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
    // a refusal means that an earlier response was lost
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
