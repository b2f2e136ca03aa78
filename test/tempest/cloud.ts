import { exportsFor } from "../../infra/local/exports.ts";
import type { Cloud } from "./configuration.ts";

/** What is asked of a cloud's API, by the URLs in its catalog; an answer that refuses is an error. */
type Ask = <Body>(service: string, path: string, request?: RequestInit) => Promise<Body>;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Makes of a fresh cloud what an operator makes of one before tempest may judge it. */
export async function prepared(origin: string): Promise<Cloud> {
  const { services, ask } = await administrator(origin);
  const { flavors } = await ask<{ flavors: Named[] }>("compute", "/flavors");
  const { networks } = await ask<{
    networks: (Named & { shared: boolean; "router:external": boolean })[];
  }>("network", "/v2.0/networks");
  const { hypervisors } = await ask<{ hypervisors: unknown[] }>("compute", "/os-hypervisors");
  return {
    origin,
    admin: { name: "admin", project: "admin" },
    image: (await uploaded(ask, "tempest")).id,
    otherImage: (await uploaded(ask, "tempest-alternative")).id,
    flavor: named(flavors, /^m1\.tiny$/).id,
    otherFlavor: named(flavors, /^m1\.small$/).id,
    publicNetwork: named(networks, /^public$/).id,
    hosts: hypervisors.length,
    volumes: services.includes("volumev3"),
    networkExtensions: (
      await ask<{ extensions: { alias: string }[] }>("network", "/v2.0/extensions")
    ).extensions.map(({ alias }) => alias),
  };
}

function named(all: readonly Named[], name: RegExp): Named {
  const found = all.find((one) => name.test(one.name));
  if (found) return found;
  throw new Error(`None is named ${name}: ${all.map((one) => one.name).join(", ")}`);
}

/** An image that fits the smallest flavor, with something in it to download. */
async function uploaded(ask: Ask, name: string): Promise<Named> {
  const image = await ask<Named>("image", "/v2/images", {
    method: "POST",
    body: JSON.stringify({
      name,
      visibility: "public",
      container_format: "bare",
      disk_format: "raw",
    }),
  });
  await ask("image", `/v2/images/${image.id}/file`, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream" },
    body: new Uint8Array(512),
  });
  return image;
}

interface Token {
  readonly catalog: readonly {
    readonly type: string;
    readonly endpoints: readonly { readonly interface: string; readonly url: string }[];
  }[];
}

async function administrator(origin: string) {
  const env = exportsFor(origin, "admin");
  const domain = { id: "default" };
  const answer = await fetch(`${env["OS_AUTH_URL"]}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { name: "admin", domain, password: "admin" } },
        },
        scope: { project: { name: "admin", domain } },
      },
    }),
  });
  const { catalog } = (await read<{ token: Token }>(answer)).token;
  const token = answer.headers.get("x-subject-token") ?? "";

  const ask: Ask = async (service, path, { headers, ...request } = {}) => {
    const url = catalog
      .find(({ type }) => type === service)
      ?.endpoints.find((one) => one.interface === "public")?.url;
    const said = { "content-type": "application/json", "x-auth-token": token, ...headers };
    return await read(await fetch(`${url}${path}`, { ...request, headers: said }));
  };
  return { services: catalog.map(({ type }) => type), ask };
}

async function read<Body>(answer: Response): Promise<Body> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} answers ${answer.status}: ${text}`);
  return (text === "" ? null : JSON.parse(text)) as Body;
}
