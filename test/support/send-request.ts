import type { CallOptions, TestResponse } from "./cloud.ts";

export type SendRequest = (
  method: string,
  path: string,
  options?: CallOptions,
) => Promise<TestResponse>;

export const microversionHeader = (version: number) => ({
  "x-openstack-nova-api-version": `2.${version}`,
});
