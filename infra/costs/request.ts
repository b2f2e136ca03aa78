import { type MeasuredRequest, type MeasuredUsage, measuredUsage } from "./counted.ts";
import { unitPrices } from "./prices.ts";

/** What is assumed, for nothing of it can be counted here. */
export const assumed = {
  /** Milliseconds that one DynamoDB command takes, seen from a function; one after the other. */
  roundTripMs: 4,
  /** Milliseconds of a whole processor for a request. */
  cpuMs: 1.2,
  /** A function has a whole processor at so many megabytes, and a part of it below. */
  wholeProcessorMb: 1_769,
  /** The share of requests that begin a process, and what is billed of beginning it, in milliseconds. */
  coldStart: { share: 0.01, billedMs: 150 },
  /** Bytes of a line of the access log, and of the function's own, which changes and refusals have. */
  accessLineBytes: 450,
  functionLineBytes: 450,
  /** Bytes of an answer's headers. */
  headerBytes: 400,
  /** API Gateway counts a request for every so many bytes. */
  bytesPerRequestUnit: 512 * 1_024,
} as const;

/** Requests that take more of a processor: scrypt hashes a password; a hundred servers are written. */
const heavyRequestCpuMs: Partial<Record<MeasuredRequest, number>> = {
  "issue a token": 51,
  "list 100 servers": 2.5,
  "list 100 servers with details": 3.5,
};

/** Dollars of one request, by what asks for them. */
export interface Cost {
  readonly gateway: number;
  readonly invocation: number;
  readonly time: number;
  readonly database: number;
  readonly logs: number;
  readonly egress: number;
}

/** What a request costs in a function of so many megabytes. */
export function costOfRequest(request: MeasuredRequest, memoryMb: number): Cost {
  const one = measuredUsage[request];
  const sent = one.responseKb * 1_000 + assumed.headerBytes;
  return {
    gateway: Math.ceil(sent / assumed.bytesPerRequestUnit) * unitPrices.gatewayRequest,
    invocation: unitPrices.lambdaRequest,
    time: (billedMs(request, memoryMb) / 1_000) * (memoryMb / 1_024) * unitPrices.gigabyteSecond,
    database: one.reads * unitPrices.read + one.writes * unitPrices.write,
    logs: loggedBytes(one) * unitPrices.loggedByte,
    egress: sent * unitPrices.sentByte,
  };
}

export function billedMs(request: MeasuredRequest, memory: number): number {
  const { roundTripMs, cpuMs, wholeProcessorMb, coldStart } = assumed;
  const share = Math.min(1, memory / wholeProcessorMb);
  const own = (heavyRequestCpuMs[request] ?? cpuMs) / share;
  return (
    Math.ceil(measuredUsage[request].dynamoCalls * roundTripMs + own) +
    coldStart.share * coldStart.billedMs
  );
}

export const loggedBytes = ({ writes }: MeasuredUsage): number =>
  assumed.accessLineBytes + (writes > 0 ? assumed.functionLineBytes : 0);

export const totalCost = (cost: Cost): number =>
  Object.values(cost).reduce((sum, part) => sum + part, 0);

/** Of requests in the shares that a mix has of each. */
export function costOfMix(mix: RequestMix, memory: number): number {
  return sharesOf(mix).reduce(
    (sum, [request, share]) => sum + share * totalCost(costOfRequest(request, memory)),
    0,
  );
}

/** How often each is asked for, beside the others. */
export type RequestMix = Partial<Readonly<Record<MeasuredRequest, number>>>;

export function sharesOf(mix: RequestMix): readonly (readonly [MeasuredRequest, number])[] {
  const entries = Object.entries(mix) as [MeasuredRequest, number][];
  const all = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return entries.map(([request, weight]) => [request, weight / all]);
}
