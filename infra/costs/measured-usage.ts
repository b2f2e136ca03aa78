/** The billed usage of one request. */
export interface MeasuredUsage {
  /** The operation's id. */
  readonly operation: string;
  /** DynamoDB calls. */
  readonly dynamoCalls: number;
  /** Read and write request units. */
  readonly reads: number;
  readonly writes: number;
  /** Kilobytes of the response body, to a tenth. */
  readonly responseKb: number;
}

/**
 * Request; operation; DynamoDB calls, read units and write units; kilobytes of response.
 * test/http/consumed-units.test.ts compares them with ConsumedCapacity on every engine, and another
 * test with docs/costs.md.
 */
const usageRows = [
  ["versions", "compute/list-versions", 0, 0, 0, 0.4],
  ["issue a token", "identity/issue-token", 3, 3, 0, 4.3],
  ["validate a token", "identity/show-token", 0, 0, 0, 4.3],
  ["revoke a token", "identity/revoke-token", 1, 0, 1, 0],
  ["list flavors", "compute/list-flavor-details", 1, 1, 0, 1.6],
  ["show a flavor", "compute/show-flavor", 1, 1, 0, 0.4],
  ["list images", "image/list-glance-images", 1, 1, 0, 1.9],
  ["show an image", "image/show-glance-image", 1, 1, 0, 0.6],
  ["list networks", "network/list-networks", 1, 1, 0, 1.4],
  ["list ports", "network/list-ports", 1, 1, 0, 2.2],
  ["create a keypair", "compute/create-keypair", 4, 3, 1, 2.3],
  ["list keypairs", "compute/list-keypairs", 1, 1, 0, 0.5],
  ["delete a keypair", "compute/delete-keypair", 1, 0, 1, 0],
  ["list 100 servers", "compute/list-servers", 1, 20, 0, 26.5],
  ["list 100 servers with details", "compute/list-server-details", 1, 20, 0, 130.3],
  ["create a server", "compute/create-server", 8, 5, 5, 0.4],
  ["show a server", "compute/show-server", 1, 1, 0, 1.4],
  ["stop a server", "compute/stop-server", 1, 0, 1, 0],
  ["start a server", "compute/start-server", 1, 0, 1, 0],
  ["reboot a server", "compute/reboot-server", 1, 0, 1, 0],
  ["rename a server", "compute/update-server", 1, 0, 1, 1],
  ["set metadata", "compute/merge-server-metadata", 1, 0, 1, 0],
  ["list metadata", "compute/list-server-metadata", 1, 1, 0, 0],
  ["list actions", "compute/list-instance-actions", 1, 1, 0, 1.2],
  ["console output", "compute/get-console-output", 2, 2, 0, 0.5],
  ["get a console", "compute/get-vnc-console", 2, 1, 1, 0.1],
  ["open a console's page", "console/open-console", 2, 2, 0, 2.3],
  ["begin to exchange with a console", "console/exchange-console", 4, 4, 1, 0],
  ["a key in a console", "console/exchange-console", 2, 2, 1, 0],
  ["a look at a console", "console/exchange-console", 1, 2, 0, 0],
  ["show a server, after 60 actions", "compute/show-server", 1, 1, 0, 1.4],
  ["stop a server, after 60 actions", "compute/stop-server", 1, 0, 1, 0],
  ["stop a server, archiving its log", "compute/stop-server", 3, 0, 3, 0],
  ["delete a server", "compute/delete-server", 7, 2, 6, 0],
] as const satisfies readonly (readonly [string, string, number, number, number, number])[];

export type MeasuredRequest = (typeof usageRows)[number][0];

export const measuredUsage = Object.fromEntries(
  usageRows.map(([request, operation, dynamoCalls, reads, writes, responseKb]) => [
    request,
    { operation, dynamoCalls, reads, writes, responseKb },
  ]),
) as Readonly<Record<MeasuredRequest, MeasuredUsage>>;

export const measuredRequests = usageRows.map(([request]) => request);

/** Kilobytes in the table for a server with a port, including DynamoDB's hundred bytes per item. */
export const storedKbPerServer = 2.2;
