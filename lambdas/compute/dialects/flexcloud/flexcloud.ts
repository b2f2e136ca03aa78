import { toIsoSeconds } from "../../../core/times.ts";
import {
  type Credentials,
  type Dialect,
  type Headers,
  type RequestContext,
  type Views,
  viewRefusal,
} from "../../../http/dialect.ts";
import type { Image } from "../../../image/model/image.ts";
import type { Flavor } from "../../model/flavor.ts";
import { idFromHref } from "../../model/id-from-href.ts";
import { imageStatus } from "../nova/catalogue-view.ts";
import { requestIdHeaders } from "../nova/nova.ts";
import { type ComputeResponse, novaViews, ok } from "../nova/views.ts";
import { flexcloudRefusals } from "./refusals.ts";
import {
  flexcloudFlavorId,
  flexcloudSelfHref,
  flexcloudSelfLinks,
  flexcloudServerView,
} from "./server-view.ts";

/** Hostway FlexCloud: root or account paths, and HTTP Basic (document S3). */
export const flexcloud: Dialect = {
  name: "flexcloud",
  credentials: basicCredentials,
  // an account is its project's id or name, or its user's name
  checkAccess: ({ account_id: account }, { project, user }) =>
    account === undefined || [project?.id, project?.name, user.name].includes(account)
      ? null
      : { kind: "forbidden-account" },
  // its pages print "application/json Charset=UTF-8" (S3-04)
  contentTypes: /^(application\/json\b.*|text\/plain)?$/i,
  unknownMembers: "dropped",
  toNovaBody,
  hasLenientPaths: true,
  requestIdHeaders,
  views: {
    ...novaViews,
    deleted: () => ({ status: 202 }), // S3-61
    server: (server, context) => ok({ server: flexcloudServerView(server, context) }),
    updatedServer: () => ({ status: 204 }), // S3-53
    createdServers: ({ first, adminPass }, context) => ({
      status: 202,
      headers: { location: flexcloudSelfHref(context, "servers", first.id) },
      body: { server: { ...flexcloudServerView(first, context), adminPass } },
    }),
    rebuiltServer: ({ server, adminPass }, context) => ({
      status: 202,
      headers: { location: flexcloudSelfHref(context, "servers", server.id) },
      body: { server: { ...flexcloudServerView(server, context), adminPass } },
    }),
    servers: ({ items }, context) =>
      ok({
        servers: items.map(({ id }) => ({ id, links: flexcloudSelfLinks(context, "servers", id) })),
      }),
    serverDetails: ({ items }, context) =>
      ok({ servers: items.map((server) => flexcloudServerView(server, context)) }),
    flavor: (flavor, context) => ok({ flavor: flexcloudFlavorView(flavor, context) }),
    flavors: ({ items }, context) =>
      ok({ flavors: items.map((flavor) => flexcloudSummaryView("flavors", flavor, context)) }),
    flavorDetails: ({ items }, context) =>
      ok({ flavors: items.map((flavor) => flexcloudFlavorView(flavor, context)) }),
    image: (image, context) => ok({ image: flexcloudImageView(image, context) }),
    images: ({ items }, context) =>
      ok({ images: items.map((image) => flexcloudSummaryView("images", image, context)) }),
    imageDetails: ({ items }, context) =>
      ok({ images: items.map((image) => flexcloudImageView(image, context)) }),
  } satisfies Views<ComputeResponse>,
  refuse: (refusal, context) => viewRefusal(flexcloudRefusals, refusal, context),
};

/** `Basic <base64>` of its other pages, and bare Base64 as in the document (S3-03). */
function basicCredentials({ authorization }: Headers): Credentials | null {
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

/** Members that FlexCloud does not update (S3-52). */
const ignoredUpdateMembers = new Set(["accessIPv4", "accessIPv6", "OS-DCF:diskConfig"]);

/** Converts references: URLs with a final slash to ids. */
function toNovaBody(body: unknown): unknown {
  const { server, ...others } = (body ?? {}) as { server?: Record<string, unknown> };
  if (typeof server !== "object" || server === null) return body;
  const { imageRef, flavorRef, zone, ...rest } = server;
  return {
    ...others,
    server: {
      ...Object.fromEntries(
        Object.entries(rest).filter(([name]) => !ignoredUpdateMembers.has(name)),
      ),
      ...(imageRef !== undefined && { imageRef: lastPathSegment(imageRef) }),
      ...(flavorRef !== undefined && { flavorRef: lastPathSegment(flavorRef) }),
      ...(zone !== undefined && { availability_zone: zone }),
    },
  };
}

const lastPathSegment = (reference: unknown): unknown =>
  typeof reference === "string" ? idFromHref(reference) : reference;

const flexcloudSummaryView = (
  collection: "flavors" | "images",
  { id, name }: Flavor | Image,
  context: RequestContext,
) => ({
  id,
  name,
  links: flexcloudSelfLinks(context, collection, id),
});

const flexcloudFlavorView = (flavor: Flavor, context: RequestContext) => ({
  id: flexcloudFlavorId(flavor.id),
  name: flavor.name,
  links: flexcloudSelfLinks(context, "flavors", flavor.id),
  ram: flavor.ram,
  disk: flavor.disk,
  vcpu: flavor.vcpus,
});

const flexcloudImageView = (image: Image, context: RequestContext) => ({
  id: image.id,
  name: image.name,
  links: flexcloudSelfLinks(context, "images", image.id),
  status: imageStatus(image),
  type: image.properties["image_type"] === "snapshot" ? "SERVER" : "BASE",
  created: toIsoSeconds(image.created),
  updated: null,
});
