import type { CallOptions, startCloud, TestResponse } from "./cloud.ts";

export const cinderPath = "/volume/v3";

/** Cinder requests, as `demo` at the latest version by default. */
export function cinderClient({
  call,
  pass,
}: Pick<Awaited<ReturnType<typeof startCloud>>, "call" | "pass">) {
  const request = (
    method: string,
    path: string,
    { as = "demo", body, minor = 70 }: CallOptions & { readonly minor?: number } = {},
  ): Promise<TestResponse> =>
    call(method, `${cinderPath}${path}`, {
      as,
      headers: { "openstack-api-version": `volume 3.${minor}` },
      ...(body !== undefined && { body }),
    });
  /** Returns the created resource or the refusal. */
  async function create(what: string, body: object, as = "demo") {
    const plural = what === "volume_type" ? "types" : `${what}s`;
    const { status, json } = await request("POST", `/${plural}`, { as, body: { [what]: body } });
    return status < 300 ? json[what] : cinderRefusal(status, json);
  }
  const show = async (what: string, id: string, as = "demo") => {
    const { status, json } = await request("GET", `/${what}s/${id}`, { as });
    return status === 200 ? json[what] : cinderRefusal(status, json);
  };
  return {
    ask: request,
    make: create,
    show,
    async volume(over: object = {}, as = "demo") {
      const { id } = await create("volume", { size: 1, ...over }, as);
      pass(1_000);
      return show("volume", id, as);
    },
    async act(id: string, body: object, as = "demo") {
      const { status, text } = await request("POST", `/volumes/${id}/action`, { as, body });
      return status < 300 ? null : cinderRefusal(status, JSON.parse(text));
    },
    async remove(path: string, as = "demo") {
      const { status, text } = await request("DELETE", path, { as });
      return status < 300 ? null : cinderRefusal(status, JSON.parse(text));
    },
    statusOf: async (id: string) => (await show("volume", id, "admin")).status,
  };
}

const cinderRefusal = (status: number, json: Record<string, { readonly message: string }>) => ({
  status,
  message: Object.values(json)[0]?.message,
});
