import { expect } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { collapseSpaces, unauthorizedText, withBasicAuth } from "./basic-auth.ts";
import type { CallOptions, TestResponse } from "./cloud.ts";

export interface ExpectedRefusal {
  readonly status: number;
  readonly name: string;
  readonly message: unknown;
}

export interface ComputeMount {
  readonly dialect: "nova" | "nova-v2" | "rackspace" | "flexcloud";
  readonly path: string;
  withCredentials(over?: CallOptions): CallOptions;
  expectRefusal(reply: TestResponse, refusal: ExpectedRefusal): void;
  expectUnauthenticated(reply: TestResponse): void;
}

const requestId = /^req-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Compute responses have their request id in two headers. */
export function expectRequestId({ headers }: TestResponse): void {
  expect(headers.get("x-compute-request-id")).toMatch(requestId);
  expect(headers.get("x-openstack-request-id")).toBe(headers.get("x-compute-request-id"));
}

/** Expects the microversion headers, or none for null. */
export function expectMicroversion({ headers }: TestResponse, version: string | null): void {
  expect([
    headers.get("openstack-api-version"),
    headers.get("x-openstack-nova-api-version"),
    headers.get("vary"),
  ]).toEqual(
    version === null
      ? [null, null, null]
      : [`compute ${version}`, version, "OpenStack-API-Version, X-OpenStack-Nova-API-Version"],
  );
}

const expectFault = (
  reply: TestResponse,
  { status, name, message }: ExpectedRefusal,
  extraMembers: object,
) => {
  expect([reply.status, reply.json]).toEqual([
    status,
    { [name]: { message, code: status, ...extraMembers } },
  ]);
  expectRequestId(reply);
};

const withToken = (over: CallOptions = {}): CallOptions => over;

/** keystonemiddleware's 401, which has no Nova format. */
function expectTokenRefused(reply: TestResponse): void {
  expect([reply.status, reply.json]).toEqual([
    401,
    {
      error: {
        code: 401,
        title: "Unauthorized",
        message: "The request you have made requires authentication.",
      },
    },
  ]);
  expect(reply.headers.get("www-authenticate")).toMatch(
    /^Keystone uri="http:\/\/[\w.:]+\/identity"$/,
  );
  expectRequestId(reply);
  expectMicroversion(reply, null);
}

const novaMount = (path: string): ComputeMount => ({
  dialect: "nova",
  path,
  withCredentials: withToken,
  expectRefusal(reply, refusal) {
    expectFault(reply, refusal, {});
    expect(reply.headers.get("content-type")).toBe("application/json; charset=UTF-8");
    expectMicroversion(reply, "2.1");
  },
  expectUnauthenticated: expectTokenRefused,
});

const legacyMount = (dialect: "nova-v2" | "rackspace", path: string): ComputeMount => ({
  dialect,
  path,
  withCredentials: withToken,
  expectRefusal(reply, refusal) {
    expectFault(reply, refusal, {});
    expect(reply.headers.get("content-type")).toBe("application/json; charset=UTF-8");
    expectMicroversion(reply, null);
  },
  expectUnauthenticated(reply) {
    if (dialect === "nova-v2") return expectTokenRefused(reply);
    const message = "The request you have made requires authentication.";
    this.expectRefusal(reply, { status: 401, name: "unauthorized", message });
  },
});

const flexcloudMount = (path: string): ComputeMount => ({
  dialect: "flexcloud",
  path,
  withCredentials: (over = {}) => ({
    ...over,
    as: null,
    headers: { ...withBasicAuth().headers, ...over.headers },
  }),
  expectRefusal(reply, refusal) {
    expectFault(reply, refusal, { details: "" });
    expect(reply.headers.get("content-type")).toMatch(/^application\/json/);
    expectMicroversion(reply, null);
  },
  expectUnauthenticated(reply) {
    expect([reply.status, collapseSpaces(reply.text)]).toEqual([401, unauthorizedText]);
    expect(reply.headers.get("content-type")).toMatch(/^text\/plain/);
    expectRequestId(reply);
  },
});

export const computeMounts: readonly ComputeMount[] = [
  novaMount("/v2.1"),
  novaMount(`/v2.1/${projects.demo.id}`),
  legacyMount("nova-v2", `/v2/${projects.demo.id}`),
  legacyMount("rackspace", ""),
  flexcloudMount(""),
  flexcloudMount("/accounts/demo/flexcloud"),
];

export const computeMountsOf = (
  ...dialects: readonly ComputeMount["dialect"][]
): readonly ComputeMount[] => computeMounts.filter(({ dialect }) => dialects.includes(dialect));
