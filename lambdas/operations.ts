/**
 * Every operation there is, a line each, but for the actions of a server, which have their own
 * register in `servers/actions.ts`. The stack, the gateway and the tests all read these two.
 */

export { exchangeConsole } from "./consoles/exchange-console.ts";
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
export { createRemoteConsole } from "./servers/create-remote-console.ts";
export { createServer } from "./servers/create-server.ts";
export { deleteServer } from "./servers/delete-server.ts";
export { listInstanceActions } from "./servers/instance-actions/list-instance-actions.ts";
export { showInstanceAction } from "./servers/instance-actions/show-instance-action.ts";
export { listServerDetails } from "./servers/list-server-details.ts";
export { listServers } from "./servers/list-servers.ts";
export { deleteServerMetadataItem } from "./servers/metadata/delete-server-metadata-item.ts";
export { listServerMetadata } from "./servers/metadata/list-server-metadata.ts";
export { mergeServerMetadata } from "./servers/metadata/merge-server-metadata.ts";
export { replaceServerMetadata } from "./servers/metadata/replace-server-metadata.ts";
export { setServerMetadataItem } from "./servers/metadata/set-server-metadata-item.ts";
export { showServerMetadataItem } from "./servers/metadata/show-server-metadata-item.ts";
export { showServer } from "./servers/show-server.ts";
export { addServerTag } from "./servers/tags/add-server-tag.ts";
export { checkServerTag } from "./servers/tags/check-server-tag.ts";
export { clearServerTags } from "./servers/tags/clear-server-tags.ts";
export { deleteServerTag } from "./servers/tags/delete-server-tag.ts";
export { listServerTags } from "./servers/tags/list-server-tags.ts";
export { replaceServerTags } from "./servers/tags/replace-server-tags.ts";
export { updateServer } from "./servers/update-server.ts";
export { chooseImageVersion } from "./versions/choose-image-version.ts";
export { listIdentityVersions } from "./versions/list-identity-versions.ts";
export { listImageVersions } from "./versions/list-image-versions.ts";
export { listNetworkVersions } from "./versions/list-network-versions.ts";
export { listVersions } from "./versions/list-versions.ts";
export { listVolumeVersions } from "./versions/list-volume-versions.ts";
export { showIdentityV2 } from "./versions/show-identity-v2.ts";
export { showIdentityV3 } from "./versions/show-identity-v3.ts";
export { showV2 } from "./versions/show-v2.ts";
export { showV21 } from "./versions/show-v21.ts";
export { showVolumeV3 } from "./versions/show-volume-v3.ts";
