import type { Image } from "./image.ts";

export const owns = (image: Image, project: string): boolean =>
  image.owner !== null && image.owner === project;

/** Whether the project sees it: also what is shared with it, accepted or not. */
export const visibleTo = (image: Image, project: string): boolean =>
  image.visibility === "public" ||
  image.visibility === "community" ||
  owns(image, project) ||
  (image.visibility === "shared" && Object.hasOwn(image.members, project));
