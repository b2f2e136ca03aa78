import type { Answers } from "../../domain/answers.ts";
import type { Image } from "../../domain/image.ts";
import { type Dialect, neighbour, type Spoken, speak, type Views } from "../dialect.ts";
import { nextHref } from "../links.ts";
import { fault, refusals } from "../nova/refusals.ts";
import { zulu } from "../times.ts";

type ImageAnswer = Extract<keyof Answers, "document" | "choices" | "image" | "imageDetails">;

/** The Image API v2, as far as booting a server asks for it. */
export const glance: Dialect = {
  name: "glance",
  ...neighbour,
  requestIds: ["x-openstack-request-id"],
  views: {
    document: (body) => ({ status: 200, body }),
    choices: (body) => ({ status: 300, body }),
    image: (image) => ({ status: 200, body: imageView(image) }),
    imageDetails: ({ items, limit }, spoken) => ({
      status: 200,
      body: {
        images: items.map(imageView),
        first: "/v2/images",
        ...(items.length === limit && { next: nextPath(spoken, items) }),
        schema: "/v2/schemas/images",
      },
    }),
  } satisfies Views<ImageAnswer>,
  refuse: (refusal, spoken) =>
    refusal.kind === "no-such"
      ? fault("itemNotFound", 404, `No image found with ID ${refusal.id}`)
      : speak(refusals, refusal, spoken),
};

const nextPath = (spoken: Spoken, items: readonly Image[]) =>
  nextHref(spoken, items.at(-1)?.id ?? "").replace(`${spoken.origin}/image`, "");

const imageView = (image: Image) => ({
  id: image.id,
  name: image.name,
  status: "active",
  visibility: "public",
  protected: false,
  os_hidden: false,
  owner: null,
  checksum: null,
  min_disk: image.minDisk,
  min_ram: image.minRam,
  size: image.size,
  virtual_size: null,
  disk_format: "qcow2",
  container_format: "bare",
  tags: [],
  created_at: zulu(image.created),
  updated_at: zulu(image.created),
  self: `/v2/images/${image.id}`,
  file: `/v2/images/${image.id}/file`,
  schema: "/v2/schemas/image",
});
