import { expect } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { basic, collapsed, unauthorizedText } from "./basic.ts";
import type { Answered, Asked } from "./cloud.ts";

export interface Refused {
  readonly status: number;
  readonly name: string;
  readonly message: unknown;
}

/** A way in to the compute API, and how refusals sound there. */
export interface Door {
  readonly name: "nova" | "nova-v2" | "rackspace" | "flexcloud";
  /** What stands before the resource. */
  readonly at: string;
  /** The same request, from someone this door lets in. */
  asked(over?: Asked): Asked;
  /** Expects a refusal in this dialect's own shape. */
  refused(reply: Answered, refusal: Refused): void;
  unauthenticated(reply: Answered): void;
}

const requestId = /^req-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Every answer of the compute API names its request, the same in two headers. */
export function namesItsRequest({ headers }: Answered): void {
  expect(headers.get("x-compute-request-id")).toMatch(requestId);
  expect(headers.get("x-openstack-request-id")).toBe(headers.get("x-compute-request-id"));
}

/** The microversion's headers, where there should be any: null for none. */
export function speaksVersion({ headers }: Answered, version: string | null): void {
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

const faulty = (reply: Answered, { status, name, message }: Refused, more: object) => {
  expect([reply.status, reply.json]).toEqual([
    status,
    { [name]: { message, code: status, ...more } },
  ]);
  namesItsRequest(reply);
};

const byToken = (over: Asked = {}): Asked => over;

/** keystonemiddleware's 401, for the token's service and not for Nova (facts: dialects C3). */
function unknownToken(reply: Answered): void {
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
  namesItsRequest(reply);
  speaksVersion(reply, null);
}

const nova = (at: string): Door => ({
  name: "nova",
  at,
  asked: byToken,
  refused(reply, refusal) {
    faulty(reply, refusal, {});
    expect(reply.headers.get("content-type")).toBe("application/json; charset=UTF-8");
    speaksVersion(reply, "2.1");
  },
  unauthenticated: unknownToken,
});

const old = (name: "nova-v2" | "rackspace", at: string): Door => ({
  name,
  at,
  asked: byToken,
  refused(reply, refusal) {
    faulty(reply, refusal, {});
    expect(reply.headers.get("content-type")).toBe("application/json; charset=UTF-8");
    speaksVersion(reply, null);
  },
  unauthenticated(reply) {
    if (name === "nova-v2") return unknownToken(reply);
    const message = "The request you have made requires authentication.";
    this.refused(reply, { status: 401, name: "unauthorized", message });
  },
});

const flexcloud = (at: string): Door => ({
  name: "flexcloud",
  at,
  asked: (over = {}) => ({
    ...over,
    as: null,
    headers: { ...basic().headers, ...over.headers },
  }),
  refused(reply, refusal) {
    faulty(reply, refusal, { details: "" });
    expect(reply.headers.get("content-type")).toMatch(/^application\/json/);
    speaksVersion(reply, null);
  },
  unauthenticated(reply) {
    expect([reply.status, collapsed(reply.text)]).toEqual([401, unauthorizedText]);
    expect(reply.headers.get("content-type")).toMatch(/^text\/plain/);
    namesItsRequest(reply);
  },
});

/** Every way in, each in its dialect, for the project demo. */
export const doors: readonly Door[] = [
  nova("/v2.1"),
  nova(`/v2.1/${projects.demo.id}`),
  old("nova-v2", `/v2/${projects.demo.id}`),
  old("rackspace", ""),
  flexcloud(""),
  flexcloud("/accounts/demo/flexcloud"),
];

export const doorsOf = (...names: readonly Door["name"][]): readonly Door[] =>
  doors.filter(({ name }) => names.includes(name));
