import { connect } from "node:net";
import { percentile } from "../../infra/checks/percentiles.ts";

export interface BenchLoad {
  readonly port: number;
  readonly connections: number;
  readonly requests: number;
  request(number: number): string;
}

export interface BenchResult {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly statuses: Readonly<Record<string, number>>;
}

export async function measureLoad({
  port,
  connections,
  requests,
  request,
}: BenchLoad): Promise<BenchResult> {
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, keepBusy));
  const seconds = (performance.now() - began) / 1_000;
  const at = (share: number) => percentile(latencies, share);
  return { perSecond: requests / seconds, p50: at(0.5), p99: at(0.99), statuses };

  function keepBusy(): Promise<void> {
    return new Promise((done, fail) => {
      const socket = connect(port, "127.0.0.1");
      socket.setNoDelay(true);
      let received = "";
      let sent = 0;
      const ask = () => {
        if (next >= requests) {
          socket.end();
          done();
          return;
        }
        sent = performance.now();
        socket.write(request(next++));
      };
      socket.on("connect", ask);
      socket.on("error", fail);
      socket.on("data", (chunk) => {
        received += chunk.toString("latin1");
        const head = received.indexOf("\r\n\r\n");
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(received.slice(0, head))?.[1] ?? 0);
        if (received.length < head + 4 + length) return;
        latencies.push(performance.now() - sent);
        const status = received.slice(9, 12);
        statuses[status] = (statuses[status] ?? 0) + 1;
        received = "";
        ask();
      });
    });
  }
}
