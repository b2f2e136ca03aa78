import { execFile } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { clientVariables } from "../../infra/local/client-exports.ts";
import { localEnvironment, openLocalTable } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { createGateway } from "../../infra/local/gateway.ts";

/** `npm run bench:clients`: the service's share of a command's time; the rest is Python's. */
const execFileAsync = promisify(execFile);
const rounds = Number(process.env["ROUNDS"] ?? 5);
const image = "cirros-0.6.2-x86_64-disk";

const engine = await openEngine({});
const environment = await localEnvironment(await openLocalTable(engine.endpoint, "commands"));
const server = createGateway(environment).listen(0, "127.0.0.1");
let requestTimes: number[] = [];
server.prependListener("request", (_, response) => {
  const begun = performance.now();
  response.once("finish", () => requestTimes.push(performance.now() - begun));
});
await once(server, "listening");
const env = {
  ...process.env,
  ...clientVariables(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
};
const openstack = async (line: string) =>
  (await execFileAsync("openstack", line.split(" "), { env })).stdout;

await openstack(`server create --image ${image} --flavor m1.tiny --max 5 --wait web`);

console.log("command | requests | ours, ms | whole, ms (medians of", rounds, "runs)");
for (const line of [
  "server list",
  "server show web-1",
  "flavor list",
  "image list",
  "token issue",
]) {
  const ours: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < rounds; round++) {
    requestTimes = [];
    const start = performance.now();
    await openstack(line);
    whole.push(performance.now() - start);
    ours.push(requestTimes.reduce((sum, one) => sum + one, 0));
  }
  console.log(
    `openstack ${line} | ${requestTimes.length} | ${median(ours).toFixed(1)} | ${median(whole).toFixed(0)}`,
  );
}
server.closeAllConnections();
server.close();
await engine.stop();
process.exit();

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
