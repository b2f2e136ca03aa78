import type { Tampering } from "./tampering-proxy.ts";

function onFirstMatch(status: number, body = "{}"): Pick<Tampering, "changeResponse"> {
  let isOver = false;
  return {
    changeResponse(passed) {
      if (isOver) return passed;
      isOver = true;
      return { status, body };
    },
  };
}

export type InjectedFault = readonly [check: string, Tampering];

/** Independent faults, in the order of the checks that detect them. */
export const injectedFaults: readonly InjectedFault[] = [
  [
    "versions: compute says that v2.1 is current",
    {
      requestPattern: /^GET \/$/,
      changeResponse: ({ body }) => ({ body: body.replace("CURRENT", "SUPPORTED") }),
    },
  ],
  [
    "a wrong password and a made-up token are refused",
    {
      requestPattern: /^GET \/v2.1\/servers$/,
      replacement: { status: 200, body: '{"servers": []}' },
    },
  ],
  [
    "the token is told back what it is good for",
    {
      requestPattern: /^GET \/identity\/v3\/auth\/tokens/,
      replacement: { status: 200, body: "{}" },
    },
  ],
  ["networks", { requestPattern: /^GET \/network/, replacement: { status: 404, body: "" } }],
  [
    "the list comes in pages that are linked",
    {
      requestPattern: /^GET .*limit=1/,
      changeResponse: ({ body }) => ({ body: body.replace("servers_links", "links") }),
    },
  ],
  [
    "metadata is set, listed and taken away",
    { requestPattern: /^DELETE .*\/metadata\//, replacement: { status: 204, body: "" } },
  ],
  [
    "another project's server is not found: 404",
    { requestPattern: /^DELETE .*\/servers\/[^/]+$/, ...onFirstMatch(204) },
  ],
  [
    "a novnc console opens",
    { requestPattern: /^GET \/console\/vnc/, changeResponse: () => ({ status: 401, body: "" }) },
  ],
  [
    "a xvpvnc console opens",
    { requestPattern: /^GET \/console\?/, changeResponse: () => ({ status: 500 }) },
  ],
  [
    "a console says whom it speaks: RFB",
    {
      requestPattern: /^POST \/console\/exchange/,
      replacement: { status: 200, body: "RFB 003.008\n" },
    },
  ],
  [
    "the console's log tells that it booted",
    {
      requestPattern: /^POST/,
      bodyPattern: /getConsoleOutput/,
      replacement: { status: 200, body: '{"output": ""}' },
    },
  ],
  [
    "FlexCloud: it is shown and renamed with HTTP Basic",
    { requestPattern: /^PUT \/servers\//, replacement: { status: 204, body: "" } },
  ],
  [
    "an active server is not started: 409",
    { requestPattern: /^POST/, bodyPattern: /os-start/, ...onFirstMatch(202) },
  ],
  ["it is renamed", { requestPattern: /^PUT \/v2.1\//, replacement: { status: 200, body: "{}" } }],
  [
    "a server that is not there is not found: 404",
    { requestPattern: /^GET \/v2.1\/servers\/0199340e/, replacement: { status: 200, body: "{}" } },
  ],
  [
    "its actions are remembered",
    {
      requestPattern: /instance-actions/,
      changeResponse: ({ body }) => ({ body: body.replace("reboot", "stop") }),
    },
  ],
  [
    "the token is given back",
    {
      requestPattern: /^DELETE \/identity\/v3\/auth\/tokens/,
      changeResponse: () => ({ status: 200 }),
    },
  ],
];

/** Faults that keep later checks from running. */
export const blockingFaults: readonly InjectedFault[] = [
  [
    "a token, and a catalog",
    { requestPattern: /^POST \/identity\/v3\/auth\/tokens/, skipFirst: 1, ...onFirstMatch(200) },
  ],
  [
    "images",
    {
      requestPattern: /^GET \/image\/v2\/images/,
      replacement: { status: 200, body: '{"images": []}' },
    },
  ],
  [
    "flavors",
    { requestPattern: /^GET .*\/flavors\/detail/, replacement: { status: 503, body: "" } },
  ],
  ["two servers are created", { requestPattern: /^POST \/v2.1\/servers$/, ...onFirstMatch(500) }],
];
