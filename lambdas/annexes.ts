/** The functions that many operations share, a line each. The operations are in their registers. */

export { computeAnnex } from "./annexes/compute.ts";
export { consoleAnnex } from "./annexes/console.ts";
export { identityAnnex } from "./annexes/identity.ts";
export { imageAnnex } from "./annexes/image.ts";
export { networkAnnex } from "./annexes/network.ts";
export { volumeAnnex } from "./annexes/volume.ts";
