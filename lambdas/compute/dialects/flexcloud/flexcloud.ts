import { toIsoSeconds } from "../../../core/times.ts";
import {
  type Credentials,
  type Dialect,
  type Headers,
  type Spoken,
  speak,
  type Views,
} from "../../../http/dialect.ts";
import type { Image } from "../../../image/model/image.ts";
import type { Flavor } from "../../model/flavor.ts";
import { idIn } from "../../model/id-from-href.ts";
import { imageStatus } from "../nova/catalogue-view.ts";
import { requestIds } from "../nova/nova.ts";
import { type ComputeAnswer, ok, views } from "../nova/views.ts";
import { refusals } from "./refusals.ts";
import { flavorId, selfHref, selfLinks, serverView } from "./server-view.ts";

/** Hostway FlexCloud: bare or account paths and HTTP Basic (document S3). */
export const flexcloud: Dialect = {
  name: "flexcloud",
  credentials: basic,
  // an account is its project, by id or name, or its user's name
  objection: ({ account_id: account }, { project, user }) =>
    account === undefined || [project?.id, project?.name, user.name].includes(account)
      ? null
      : { kind: "forbidden-account" },
  // its pages print "application/json Charset=UTF-8" (S3-04)
  media: /^(application\/json\b.*|text\/plain)?$/i,
  unknown: "dropped",
  understand,
  lenientPaths: true,
  requestIds,
  views: {
    ...views,
    deleted: () => ({ status: 202 }), // S3-61
    server: (server, spoken) => ok({ server: serverView(server, spoken) }),
    renamedServer: () => ({ status: 204 }), // S3-53
    createdServers: ({ first, adminPass }, spoken) => ({
      status: 202,
      headers: { location: selfHref(spoken, "servers", first.id) },
      body: { server: { ...serverView(first, spoken), adminPass } },
    }),
    rebuiltServer: ({ server, adminPass }, spoken) => ({
      status: 202,
      headers: { location: selfHref(spoken, "servers", server.id) },
      body: { server: { ...serverView(server, spoken), adminPass } },
    }),
    servers: ({ items }, spoken) =>
      ok({ servers: items.map(({ id }) => ({ id, links: selfLinks(spoken, "servers", id) })) }),
    serverDetails: ({ items }, spoken) =>
      ok({ servers: items.map((server) => serverView(server, spoken)) }),
    flavor: (flavor, spoken) => ok({ flavor: flavorView(flavor, spoken) }),
    flavors: ({ items }, spoken) =>
      ok({ flavors: items.map((flavor) => brief("flavors", flavor, spoken)) }),
    flavorDetails: ({ items }, spoken) =>
      ok({ flavors: items.map((flavor) => flavorView(flavor, spoken)) }),
    image: (image, spoken) => ok({ image: imageView(image, spoken) }),
    images: ({ items }, spoken) =>
      ok({ images: items.map((image) => brief("images", image, spoken)) }),
    imageDetails: ({ items }, spoken) =>
      ok({ images: items.map((image) => imageView(image, spoken)) }),
  } satisfies Views<ComputeAnswer>,
  refuse: (refusal, spoken) => speak(refusals, refusal, spoken),
};

/** `Basic <base64>` of its sibling pages, and the bare Base64 that the document shows (S3-03). */
function basic({ authorization }: Headers): Credentials | null {
  const encoded = authorization?.replace(/^Basic\s+/i, "").trim();
  if (!encoded || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null;
  const text = new TextDecoder().decode(
    Uint8Array.from(atobOrEmpty(encoded), (char) => char.charCodeAt(0)),
  );
  const colon = text.indexOf(":");
  return colon < 1
    ? null
    : { kind: "password", user: text.slice(0, colon), password: text.slice(colon + 1) };
}

const atobOrEmpty = (encoded: string): string => {
  try {
    return atob(encoded);
  } catch {
    return "";
  }
};

/** What Nova lets an update change and FlexCloud does not (S3-52). */
const fixed = new Set(["accessIPv4", "accessIPv6", "OS-DCF:diskConfig"]);

/** Its references are addresses with a slash at their end (H-02); Nova's are what they end in. */
function understand(body: unknown): unknown {
  const { server, ...others } = (body ?? {}) as { server?: Record<string, unknown> };
  if (typeof server !== "object" || server === null) return body;
  const { imageRef, flavorRef, zone, ...rest } = server;
  return {
    ...others,
    server: {
      ...Object.fromEntries(Object.entries(rest).filter(([name]) => !fixed.has(name))),
      ...(imageRef !== undefined && { imageRef: lastStep(imageRef) }),
      ...(flavorRef !== undefined && { flavorRef: lastStep(flavorRef) }),
      ...(zone !== undefined && { availability_zone: zone }),
    },
  };
}

const lastStep = (reference: unknown): unknown =>
  typeof reference === "string" ? idIn(reference) : reference;

const brief = (collection: "flavors" | "images", { id, name }: Flavor | Image, spoken: Spoken) => ({
  id,
  name,
  links: selfLinks(spoken, collection, id),
});

/** H-09. */
const flavorView = (flavor: Flavor, spoken: Spoken) => ({
  id: flavorId(flavor.id),
  name: flavor.name,
  links: selfLinks(spoken, "flavors", flavor.id),
  ram: flavor.ram,
  disk: flavor.disk,
  vcpu: flavor.vcpus,
});

/** H-10. */
const imageView = (image: Image, spoken: Spoken) => ({
  id: image.id,
  name: image.name,
  links: selfLinks(spoken, "images", image.id),
  status: imageStatus(image),
  type: image.properties["image_type"] === "snapshot" ? "SERVER" : "BASE",
  created: toIsoSeconds(image.created),
  updated: null,
});
