import { clientVariables } from "../../infra/local/client-exports.ts";
import type { TempestTarget } from "./configuration.ts";

/** Requests a URL of the catalog; a refusal throws. */
type CatalogRequest = <Body>(service: string, path: string, request?: RequestInit) => Promise<Body>;

interface NamedResource {
  readonly id: string;
  readonly name: string;
}

export async function prepareCloud(origin: string): Promise<TempestTarget> {
  const { services, ask } = await logInAsAdmin(origin);
  const { flavors } = await ask<{ flavors: NamedResource[] }>("compute", "/flavors");
  const { networks } = await ask<{
    networks: (NamedResource & { shared: boolean; "router:external": boolean })[];
  }>("network", "/v2.0/networks");
  const { hypervisors } = await ask<{ hypervisors: unknown[] }>("compute", "/os-hypervisors");
  return {
    origin,
    admin: { name: "admin", project: "admin" },
    image: (await uploadImage(ask, "tempest")).id,
    otherImage: (await uploadImage(ask, "tempest-alternative")).id,
    flavor: findNamed(flavors, /^m1\.tiny$/).id,
    otherFlavor: findNamed(flavors, /^m1\.small$/).id,
    publicNetwork: findNamed(networks, /^public$/).id,
    hosts: hypervisors.length,
    volumes: services.includes("volumev3"),
    networkExtensions: (
      await ask<{ extensions: { alias: string }[] }>("network", "/v2.0/extensions")
    ).extensions.map(({ alias }) => alias),
  };
}

function findNamed(all: readonly NamedResource[], name: RegExp): NamedResource {
  const match = all.find((one) => name.test(one.name));
  if (match) return match;
  throw new Error(`None is named ${name}: ${all.map((one) => one.name).join(", ")}`);
}

async function uploadImage(ask: CatalogRequest, name: string): Promise<NamedResource> {
  const image = await ask<NamedResource>("image", "/v2/images", {
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

interface TokenBody {
  readonly catalog: readonly {
    readonly type: string;
    readonly endpoints: readonly { readonly interface: string; readonly url: string }[];
  }[];
}

async function logInAsAdmin(origin: string) {
  const env = clientVariables(origin, "admin");
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
  const { catalog } = (await readJson<{ token: TokenBody }>(answer)).token;
  const token = answer.headers.get("x-subject-token") ?? "";

  const callService: CatalogRequest = async (service, path, { headers, ...request } = {}) => {
    const url = catalog
      .find(({ type }) => type === service)
      ?.endpoints.find((one) => one.interface === "public")?.url;
    const allHeaders = { "content-type": "application/json", "x-auth-token": token, ...headers };
    return await readJson(await fetch(`${url}${path}`, { ...request, headers: allHeaders }));
  };
  return { services: catalog.map(({ type }) => type), ask: callService };
}

async function readJson<Body>(answer: Response): Promise<Body> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} answers ${answer.status}: ${text}`);
  return (text === "" ? null : JSON.parse(text)) as Body;
}
