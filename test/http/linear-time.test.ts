import { expect, test } from "vitest";
import { maxBodyBytes } from "../../lambdas/http/request.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { startCloud, type TestCloud } from "../support/cloud.ts";
import { neutronClient, neutronPath } from "../support/network.ts";
import { seedServer, settledServer } from "../support/servers.ts";

/** Texts of about `length` characters that make backtracking and repeated scanning slow. */
const shapes: Readonly<Record<string, (length: number) => string>> = {
  quotes: (length) => `"${'\\"'.repeat(length / 2)}`,
  brackets: (length) => "[".repeat(length),
  letters: (length) => `${"a".repeat(length)}!`,
  digits: (length) => `${"1".repeat(length)}x`,
  dots: (length) => `${".".repeat(length)}x:`,
  colons: (length) => `${":".repeat(length)}g`,
  slashes: (length) => `${"/".repeat(length)}x`,
  dashes: (length) => `${"-".repeat(length)}x-`,
  spaces: (length) => `${" ".repeat(length)}x`,
  tabs: (length) => `compute${"\t".repeat(length)}`,
  base64: (length) => `${"A".repeat(length)}=!`,
  equals: (length) => `${"=".repeat(length)}A`,
  commas: (length) => ",".repeat(length),
  ampersands: (length) => "a&".repeat(length / 2),
  percents: (length) => "%2F".repeat(length / 3),
  hex: (length) => `${"0:".repeat(length / 2)}z`,
  underscores: (length) => `${"_.".repeat(length / 2)}!`,
  stars: (length) => `(${"a*".repeat(length / 2)}b`,
  backslashes: (length) => `${"\\".repeat(length)}x`,
  emoji: (length) => `${"😀".repeat(length / 4)}x`,
};

/** Characters that fit into a request line or header, and into a body. */
const maxLineLength = 12_000;

type Send = (cloud: TestCloud, text: string) => Promise<{ readonly status: number }>;

interface Entry {
  readonly maxLength: number;
  readonly send: Send;
}

const post =
  (path: string, body: (text: string) => unknown, as: string | null = "demo"): Send =>
  ({ call }, text) =>
    call("POST", path, { as, body: body(text) });

const inQuery =
  (path: string, query: (text: string) => string): Send =>
  ({ call }, text) =>
    call("GET", `${path}?${query(encodeURIComponent(text).slice(0, maxLineLength))}`);

const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", networks: "none" };

const createServer = (member: (text: string) => object): Send => {
  const headers = { "x-openstack-nova-api-version": "2.93" };
  return ({ call }, text) =>
    call("POST", "/v2.1/servers", { headers, body: { server: { ...server, ...member(text) } } });
};

const entries: Readonly<Record<string, Entry>> = {
  "the body of a login": {
    maxLength: maxBodyBytes - 10,
    send: post("/identity/v3/auth/tokens", (text) => text, null),
  },
  "the body of a server": { maxLength: maxBodyBytes - 10, send: post("/v2.1/servers", (t) => t) },
  "a hostname": { maxLength: maxBodyBytes / 3, send: createServer((hostname) => ({ hostname })) },
  "a server's name": { maxLength: maxBodyBytes / 3, send: createServer((name) => ({ name })) },
  "user data": {
    maxLength: maxBodyBytes / 3,
    send: createServer((user_data) => ({ user_data })),
  },
  "an image reference": {
    maxLength: maxBodyBytes / 3,
    send: createServer((imageRef) => ({ imageRef })),
  },
  "a port's address": {
    maxLength: maxBodyBytes / 3,
    send: async (cloud, ip_address) => {
      const [network] = await neutronClient(cloud.call).list("networks");
      const port = { network_id: network.id, fixed_ips: [{ ip_address }] };
      return cloud.call("POST", `${neutronPath}/ports`, { body: { port } });
    },
  },
  "a subnet's CIDR": {
    maxLength: maxBodyBytes / 3,
    send: async (cloud, cidr) => {
      const [network] = await neutronClient(cloud.call).list("networks");
      const subnet = { network_id: network.id, ip_version: 4, cidr };
      return cloud.call("POST", `${neutronPath}/subnets`, { body: { subnet } });
    },
  },
  "a public key": {
    maxLength: maxBodyBytes / 3,
    send: post("/v2.1/os-keypairs", (public_key) => ({ keypair: { name: "k", public_key } })),
  },
  "a path": {
    maxLength: maxLineLength,
    send: ({ call }, text) => call("GET", `/identity/${encodeURI(text).slice(0, maxLineLength)}`),
  },
  "a query": {
    maxLength: maxLineLength,
    send: ({ call }, text) =>
      call("GET", `/v2.1/servers?${encodeURI(text).slice(0, maxLineLength)}`),
  },
  "a name filter": {
    maxLength: maxLineLength,
    send: inQuery("/v2.1/servers", (name) => `name=${name}`),
  },
  "a microversion": {
    maxLength: maxLineLength,
    send: ({ call }, text) =>
      call("GET", "/v2.1/servers", {
        headers: { "openstack-api-version": encodeURI(text).slice(0, maxLineLength) },
      }),
  },
  "image filters": {
    maxLength: maxLineLength,
    send: inQuery("/image/v2/images", (text) => `name=in:${text}&created_at=gt:${text}`),
  },
  "volume filters": {
    maxLength: maxLineLength,
    send: inQuery("/volume/v3/volumes", (text) => `metadata=${text}&sort=${text}`),
  },
  "network filters": {
    maxLength: maxLineLength,
    send: inQuery(`${neutronPath}/ports`, (text) => `fixed_ips=${text}&tags=${text}`),
  },
};

/** Milliseconds of CPU of this process, the least of a few runs. */
async function cpuOf(send: () => Promise<unknown>, runs: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    await send();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

/** Milliseconds of CPU: a request with a small body takes up to 5. */
const noiseMs = 25;

test.each(Object.entries(entries))(
  "the CPU time of a request grows at most linearly with %s",
  async (_, { maxLength, send }) => {
    const cloud = await startCloud();
    await seedServer(cloud.table, settledServer("active", { name: "a".repeat(255) }));
    const grows: string[] = [];
    for (const [name, shape] of Object.entries(shapes)) {
      const at = (length: number) => () => send(cloud, shape(Math.floor(length)));
      expect((await send(cloud, shape(16))).status).toBeLessThan(500);
      expect((await send(cloud, shape(maxLength))).status).toBeLessThan(500);
      const full = await cpuOf(at(maxLength), 3);
      if (full < noiseMs) continue;
      const half = await cpuOf(at(maxLength / 2), 5);
      const least = await cpuOf(at(maxLength), 5);
      const slope = Math.log2(least / half);
      if (slope > 1.3) grows.push(`${name}: ${half} ms, then ${least} ms at twice the length`);
    }
    expect(grows).toEqual([]);
  },
);
