import { type Counted, counted, type Request } from "./counted.ts";
import { unit } from "./prices.ts";

/** What is assumed, for nothing of it can be counted here. */
export const assumed = {
  /** Milliseconds that one DynamoDB command takes, seen from a function; one after the other. */
  roundTrip: 4,
  /** Milliseconds of a whole processor for a request. */
  cpu: 1.2,
  /** A function has a whole processor at so many megabytes, and a part of it below. */
  wholeProcessor: 1_769,
  /** The share of requests that begin a process, and what is billed of beginning it, in milliseconds. */
  cold: { share: 0.01, milliseconds: 150 },
  /** Bytes of a line of the access log, and of the function's own, which changes and refusals have. */
  accessLine: 450,
  ownLine: 450,
  /** Bytes of an answer's headers. */
  headers: 400,
  /** API Gateway counts a request for every so many bytes. */
  meteredBytes: 512 * 1_024,
} as const;

/** Requests that take more of a processor: scrypt hashes a password; a hundred servers are written. */
const heavy: Partial<Record<Request, number>> = {
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
export function costOf(request: Request, memory: number): Cost {
  const one = counted[request];
  const sent = one.answer * 1_000 + assumed.headers;
  return {
    gateway: Math.ceil(sent / assumed.meteredBytes) * unit.gatewayRequest,
    invocation: unit.lambdaRequest,
    time: (billedMilliseconds(request, memory) / 1_000) * (memory / 1_024) * unit.gigabyteSecond,
    database: one.reads * unit.read + one.writes * unit.write,
    logs: loggedBytes(one) * unit.loggedByte,
    egress: sent * unit.sentByte,
  };
}

export function billedMilliseconds(request: Request, memory: number): number {
  const { roundTrip, cpu, wholeProcessor, cold } = assumed;
  const share = Math.min(1, memory / wholeProcessor);
  const own = (heavy[request] ?? cpu) / share;
  return Math.ceil(counted[request].calls * roundTrip + own) + cold.share * cold.milliseconds;
}

export const loggedBytes = ({ writes }: Counted): number =>
  assumed.accessLine + (writes > 0 ? assumed.ownLine : 0);

export const sumOf = (cost: Cost): number =>
  Object.values(cost).reduce((sum, part) => sum + part, 0);

/** Of requests in the shares that a mix has of each. */
export function costOfMix(mix: Mix, memory: number): number {
  return sharesOf(mix).reduce(
    (sum, [request, share]) => sum + share * sumOf(costOf(request, memory)),
    0,
  );
}

/** How often each is asked for, beside the others. */
export type Mix = Partial<Readonly<Record<Request, number>>>;

export function sharesOf(mix: Mix): readonly (readonly [Request, number])[] {
  const entries = Object.entries(mix) as [Request, number][];
  const all = entries.reduce((sum, [, weight]) => sum + weight, 0);
  return entries.map(([request, weight]) => [request, weight / all]);
}
