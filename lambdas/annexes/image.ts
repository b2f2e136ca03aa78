import { annex } from "../http/function-group.ts";
import type { Annex } from "../http/operation.ts";

/** What of Glance is more than looking at images. */
export const imageAnnex = {
  id: "annexes/image",
  doors: ["/image"],
  operations: {
    "POST /v2/images": async () =>
      (await import("../image/images/create-glance-image.ts")).createGlanceImage,
    "DELETE /v2/images/{image_id}": async () =>
      (await import("../image/images/delete-glance-image.ts")).deleteGlanceImage,
    "PATCH /v2/images/{image_id}": async () =>
      (await import("../image/images/update-glance-image.ts")).updateGlanceImage,
    "POST /v2/images/{image_id}/actions/deactivate": async () =>
      (await import("../image/images/deactivate-image.ts")).deactivateImage,
    "POST /v2/images/{image_id}/actions/reactivate": async () =>
      (await import("../image/images/reactivate-image.ts")).reactivateImage,
    "GET /v2/images/{image_id}/file": async () =>
      (await import("../image/images/download-image.ts")).downloadImage,
    "PUT /v2/images/{image_id}/file": async () =>
      (await import("../image/images/upload-image.ts")).uploadImage,
    "POST /v2/images/{image_id}/import": async () =>
      (await import("../image/images/import-image.ts")).importImage,
    "GET /v2/images/{image_id}/members": async () =>
      (await import("../image/images/list-image-members.ts")).listImageMembers,
    "POST /v2/images/{image_id}/members": async () =>
      (await import("../image/images/add-image-member.ts")).addImageMember,
    "DELETE /v2/images/{image_id}/members/{member_id}": async () =>
      (await import("../image/images/remove-image-member.ts")).removeImageMember,
    "GET /v2/images/{image_id}/members/{member_id}": async () =>
      (await import("../image/images/show-image-member.ts")).showImageMember,
    "PUT /v2/images/{image_id}/members/{member_id}": async () =>
      (await import("../image/images/update-image-member.ts")).updateImageMember,
    "PUT /v2/images/{image_id}/stage": async () =>
      (await import("../image/images/stage-image.ts")).stageImage,
    "DELETE /v2/images/{image_id}/tags/{tag}": async () =>
      (await import("../image/images/remove-image-tag.ts")).removeImageTag,
    "PUT /v2/images/{image_id}/tags/{tag}": async () =>
      (await import("../image/images/add-image-tag.ts")).addImageTag,
    "GET /v2/info/import": async () =>
      (await import("../image/images/show-import-info.ts")).showImportInfo,
    "GET /v2/info/stores": async () =>
      (await import("../image/images/show-stores-info.ts")).showStoresInfo,
    "GET /v2/metadefs/namespaces": async () =>
      (await import("../image/metadefs/list-metadef-namespaces.ts")).listMetadefNamespaces,
    "GET /v2/metadefs/resource_types": async () =>
      (await import("../image/metadefs/list-metadef-resource-types.ts")).listMetadefResourceTypes,
    "GET /v2/schemas/metadefs/{name}": async () =>
      (await import("../image/metadefs/show-metadef-schema.ts")).showMetadefSchema,
    "GET /v2/schemas/{name}": async () =>
      (await import("../image/images/show-image-schema.ts")).showImageSchema,
  },
  beside: {
    "GET /v2/images": async () =>
      (await import("../image/images/list-glance-images.ts")).listGlanceImages,
    "GET /v2/images/{image_id}": async () =>
      (await import("../image/images/show-glance-image.ts")).showGlanceImage,
    "GET /versions": async () =>
      (await import("../image/versions/list-image-versions.ts")).listImageVersions,
  },
} satisfies Annex;

export const handler = annex(imageAnnex);
