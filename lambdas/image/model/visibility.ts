import type { Image } from "./image.ts";

export const isOwnedBy = (image: Image, project: string): boolean =>
  image.owner !== null && image.owner === project;

/** Includes images shared with the project, accepted or not. */
export const isVisibleTo = (image: Image, project: string): boolean =>
  image.visibility === "public" ||
  image.visibility === "community" ||
  isOwnedBy(image, project) ||
  (image.visibility === "shared" && Object.hasOwn(image.members, project));
