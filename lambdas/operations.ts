/**
 * Every operation there is, a line each, but for the actions of a server, which have their own
 * register in `servers/actions.ts`. The stack, the gateway and the tests all read these two.
 */

export { openConsole } from "./consoles/open-console.ts";
export { listFlavorDetails } from "./flavors/list-flavor-details.ts";
export { listFlavors } from "./flavors/list-flavors.ts";
export { showFlavor } from "./flavors/show-flavor.ts";
export { checkToken } from "./identity/check-token.ts";
export { issueToken } from "./identity/issue-token.ts";
export { issueV2Token } from "./identity/issue-v2-token.ts";
export { listTenants } from "./identity/list-tenants.ts";
export { revokeToken } from "./identity/revoke-token.ts";
export { showToken } from "./identity/show-token.ts";
export { listGlanceImages } from "./images/list-glance-images.ts";
export { listImageDetails } from "./images/list-image-details.ts";
export { listImages } from "./images/list-images.ts";
export { showGlanceImage } from "./images/show-glance-image.ts";
export { showImage } from "./images/show-image.ts";
export { createKeypair } from "./keypairs/create-keypair.ts";
export { deleteKeypair } from "./keypairs/delete-keypair.ts";
export { listKeypairs } from "./keypairs/list-keypairs.ts";
export { showKeypair } from "./keypairs/show-keypair.ts";
export { createServer } from "./servers/create-server.ts";
export { deleteServer } from "./servers/delete-server.ts";
export { listServerDetails } from "./servers/list-server-details.ts";
export { listServers } from "./servers/list-servers.ts";
export { showServer } from "./servers/show-server.ts";
export { updateServer } from "./servers/update-server.ts";
export { chooseImageVersion } from "./versions/choose-image-version.ts";
export { listIdentityVersions } from "./versions/list-identity-versions.ts";
export { listImageVersions } from "./versions/list-image-versions.ts";
export { listNetworkVersions } from "./versions/list-network-versions.ts";
export { listVersions } from "./versions/list-versions.ts";
export { showIdentityV2 } from "./versions/show-identity-v2.ts";
export { showIdentityV3 } from "./versions/show-identity-v3.ts";
export { showV2 } from "./versions/show-v2.ts";
export { showV21 } from "./versions/show-v21.ts";
