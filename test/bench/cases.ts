import { projects } from "../../infra/local/accounts.ts";

export interface BenchCase {
  readonly name: string;
  readonly method: string;
  readonly path: (id: string) => string;
  readonly body?: unknown;
  readonly usesOwnServers?: true;
  readonly targetShare?: number;
}

const serverPath = (id: string) => `/v2.1/servers/${id}`;

export const benchCases: readonly BenchCase[] = [
  { name: "show", method: "GET", path: serverPath, targetShare: 0.75 },
  {
    name: "list of 100",
    method: "GET",
    path: () => "/v2.1/servers/detail?limit=100",
    targetShare: 0.6,
  },
  {
    name: "start",
    method: "POST",
    path: (id) => `${serverPath(id)}/action`,
    body: { "os-start": null },
    usesOwnServers: true,
    targetShare: 0.75,
  },
  {
    name: "console token",
    method: "POST",
    path: (id) => `${serverPath(id)}/action`,
    body: { "os-getVNCConsole": { type: "novnc" } },
  },
  {
    name: "token issue",
    method: "POST",
    path: () => "/identity/v3/auth/tokens",
    body: {
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { name: "demo", domain: { id: "default" }, password: "demo" } },
        },
        scope: { project: { id: projects.demo.id } },
      },
    },
  },
];

export function requestBytes({ method, path, body }: BenchCase, id: string, token: string): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  return [
    `${method} ${path(id)} HTTP/1.1`,
    "host: 127.0.0.1",
    `x-auth-token: ${token}`,
    ...(text ? ["content-type: application/json", `content-length: ${text.length}`] : []),
    "",
    text,
  ].join("\r\n");
}
