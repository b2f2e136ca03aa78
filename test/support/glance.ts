import { type CallOptions, startCloud } from "./cloud.ts";
import { octetStreamHeaders, patchContentType } from "./scenarios/images.ts";

export const glance = "/image/v2/images";

export const formatMembers = { disk_format: "raw", container_format: "bare" };

export async function startWithImages() {
  const clouded = await startCloud();
  const { call } = clouded;
  return {
    ...clouded,
    create: async (body: object, options: CallOptions = {}) =>
      (await call("POST", glance, { ...options, body: { ...formatMembers, ...body } })).json
        .id as string,
    patch: (id: string, changes: unknown, options: CallOptions = {}) =>
      call("PATCH", `${glance}/${id}`, {
        ...options,
        body: changes,
        headers: { "content-type": patchContentType },
      }),
    upload: (id: string, bytes: string | Uint8Array, options: CallOptions = {}) =>
      call("PUT", `${glance}/${id}/file`, { ...options, headers: octetStreamHeaders, body: bytes }),
    status: async (id: string) => (await call("GET", `${glance}/${id}`)).json.status as string,
    names: async (query: string, options: CallOptions = {}) =>
      (await call("GET", `${glance}?${query}`, options)).json.images.map(
        ({ name }: { name: string }) => name,
      ) as string[],
  };
}

/** The sentence in WebOb's page. */
export const messageIn = (page: string) => /<\/h1>\n {2}(.*?)<br \/>/.exec(page)?.[1];
