import { execFile } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { localTable, localWorld } from "../../infra/local/cloud.ts";
import { openEngine } from "../../infra/local/engine.ts";
import { exportsFor } from "../../infra/local/exports.ts";
import { gateway } from "../../infra/local/gateway.ts";

/**
 * `npm run bench:clients`: what of a command's time is ours, from the first byte of each of its
 * requests to the last of the answer. The rest is Python's.
 */
const run = promisify(execFile);
const rounds = Number(process.env["ROUNDS"] ?? 5);
const image = "cirros-0.6.2-x86_64-disk";

const engine = await openEngine({});
const world = await localWorld(await localTable(engine.endpoint, "commands"));
const server = gateway(world).listen(0, "127.0.0.1");
let took: number[] = [];
server.prependListener("request", (_, response) => {
  const begun = performance.now();
  response.once("finish", () => took.push(performance.now() - begun));
});
await once(server, "listening");
const env = {
  ...process.env,
  ...exportsFor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
};
const openstack = async (line: string) => (await run("openstack", line.split(" "), { env })).stdout;

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
    took = [];
    const start = performance.now();
    await openstack(line);
    whole.push(performance.now() - start);
    ours.push(took.reduce((sum, one) => sum + one, 0));
  }
  console.log(
    `openstack ${line} | ${took.length} | ${median(ours).toFixed(1)} | ${median(whole).toFixed(0)}`,
  );
}
server.closeAllConnections();
server.close();
await engine.stop();
process.exit();

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
