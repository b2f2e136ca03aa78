import { type MeasuredRequest, type MeasuredUsage, measuredUsage } from "./measured-usage.ts";
import { unitPrices } from "./prices.ts";

/** Assumptions that cannot be measured here. */
export const assumed = {
  /** Milliseconds of one DynamoDB call from a function; calls are sequential. */
  roundTripMs: 4,
  /** CPU milliseconds per request. */
  cpuMs: 1.2,
  /** MB with which a function has a whole CPU; below, a share of it. */
  wholeProcessorMb: 1_769,
  /** The share of cold starts, and their billed milliseconds. */
  coldStart: { share: 0.01, billedMs: 150 },
  /** Bytes of an access log line, and of a function's own line for changes and refusals. */
  accessLineBytes: 450,
  functionLineBytes: 450,
  /** Bytes of response headers. */
  headerBytes: 400,
  /** API Gateway bills a request per this many bytes. */
  bytesPerRequestUnit: 512 * 1_024,
} as const;

/** Requests with more CPU: scrypt, and lists of a hundred servers. */
const heavyRequestCpuMs: Partial<Record<MeasuredRequest, number>> = {
  "issue a token": 51,
  "list 100 servers": 2.5,
  "list 100 servers with details": 3.5,
};

/** Dollars of one request, by line. */
export interface Cost {
  readonly gateway: number;
  readonly invocation: number;
  readonly time: number;
  readonly database: number;
  readonly logs: number;
  readonly egress: number;
}

/** The cost of a request in a function with this much memory. */
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

/** The weighted cost of a mix of requests. */
export function costOfMix(mix: RequestMix, memory: number): number {
  return sharesOf(mix).reduce(
    (sum, [request, share]) => sum + share * totalCost(costOfRequest(request, memory)),
    0,
  );
}

/** The share of each request, relative to the others. */
export type RequestMix = Partial<Readonly<Record<MeasuredRequest, number>>>;

export function sharesOf(mix: RequestMix): readonly (readonly [MeasuredRequest, number])[] {
  const entries = Object.entries(mix) as [MeasuredRequest, number][];
  const all = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return entries.map(([request, weight]) => [request, weight / all]);
}
