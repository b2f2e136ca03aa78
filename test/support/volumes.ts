import type { Answered, Asked, cloud } from "./cloud.ts";

export const v3 = "/volume/v3";

/** What one asks of Cinder in a test, as `demo` and of its newest version where it does not say. */
export function cinder({ call, pass }: Pick<Awaited<ReturnType<typeof cloud>>, "call" | "pass">) {
  const ask = (
    method: string,
    path: string,
    { as = "demo", body, minor = 70 }: Asked & { readonly minor?: number } = {},
  ): Promise<Answered> =>
    call(method, `${v3}${path}`, {
      as,
      headers: { "openstack-api-version": `volume 3.${minor}` },
      ...(body !== undefined && { body }),
    });
  /** What was made, or the refusal. */
  async function make(what: string, body: object, as = "demo") {
    const plural = what === "volume_type" ? "types" : `${what}s`;
    const { status, json } = await ask("POST", `/${plural}`, { as, body: { [what]: body } });
    return status < 300 ? json[what] : refusalIn(status, json);
  }
  const show = async (what: string, id: string, as = "demo") => {
    const { status, json } = await ask("GET", `/${what}s/${id}`, { as });
    return status === 200 ? json[what] : refusalIn(status, json);
  };
  return {
    ask,
    make,
    show,
    /** One that is there to be used. */
    async volume(over: object = {}, as = "demo") {
      const { id } = await make("volume", { size: 1, ...over }, as);
      pass(1_000);
      return show("volume", id, as);
    },
    /** null where it went well. */
    async act(id: string, body: object, as = "demo") {
      const { status, text } = await ask("POST", `/volumes/${id}/action`, { as, body });
      return status < 300 ? null : refusalIn(status, JSON.parse(text));
    },
    async remove(path: string, as = "demo") {
      const { status, text } = await ask("DELETE", path, { as });
      return status < 300 ? null : refusalIn(status, JSON.parse(text));
    },
    statusOf: async (id: string) => (await show("volume", id, "admin")).status,
  };
}

const refusalIn = (status: number, json: Record<string, { readonly message: string }>) => ({
  status,
  message: Object.values(json)[0]?.message,
});
