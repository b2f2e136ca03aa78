import {
  type Dialect,
  type RequestContext,
  tokenServiceDefaults,
  type Views,
  viewRefusal,
} from "../../http/dialect.ts";
import type { Responses } from "../../http/responses.ts";
import type { Image } from "../model/image.ts";
import { toGlanceMembers } from "../model/image-members.ts";
import { glanceRefusals } from "./refusals.ts";

type ImageResponse = Extract<
  keyof Responses,
  | "accepted"
  | "multipleChoices"
  | "createdImage"
  | "deleted"
  | "ok"
  | "image"
  | "imageDetails"
  | "imageFile"
>;

export const glance: Dialect = {
  name: "glance",
  ...tokenServiceDefaults,
  // only patches and image data have a checked type (glance/common/wsgi.py JSONRequestDeserializer)
  contentTypes: /^/,
  requestIdHeaders: ["x-openstack-request-id"],
  views: {
    accepted: () => ({ status: 202 }),
    multipleChoices: (body) => ({ status: 300, body }),
    createdImage: (image, { origin }) => ({
      status: 201,
      headers: {
        location: `${origin}/image/v2/images/${image.id}`,
        "openstack-image-import-methods": "glance-direct",
      },
      body: glanceImageView(image),
    }),
    deleted: () => ({ status: 204 }),
    ok: (body) => ({ status: 200, body }),
    image: (image) => ({ status: 200, body: glanceImageView(image) }),
    imageDetails: ({ items, limit }, { query }) => {
      const first = new URLSearchParams(query);
      first.delete("marker");
      const next = new URLSearchParams([...first, ["marker", items.at(-1)?.id ?? ""]]);
      return {
        status: 200,
        body: {
          images: items.map(glanceImageView),
          first: pageHref(first),
          ...(items.length > 0 && items.length === limit && { next: pageHref(next) }),
          schema: "/v2/schemas/images",
        },
      };
    },
    imageFile: ({ image, bytes }) =>
      bytes
        ? {
            status: 200,
            headers: image.checksum === null ? {} : { "content-md5": image.checksum },
            body: bytes,
          }
        : { status: 204 },
  } satisfies Views<ImageResponse>,
  refuse: (refusal, context: RequestContext) => viewRefusal(glanceRefusals, refusal, context),
};

const pageHref = (query: URLSearchParams): string =>
  `/v2/images${query.size > 0 ? `?${query}` : ""}`;

/** glance/api/v2/images.py _format_image. */
const glanceImageView = (image: Image) => ({
  ...image.properties,
  ...toGlanceMembers(image),
  tags: image.tags,
  self: `/v2/images/${image.id}`,
  file: `/v2/images/${image.id}/file`,
  schema: "/v2/schemas/image",
});
