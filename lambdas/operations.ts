/**
 * Every operation there is, a line each, but for the actions of a server, which have their own
 * register in `servers/actions.ts`. The stack, the gateway and the tests all read these two.
 */

export { listFlavorDetails } from "./compute/flavors/list-flavor-details.ts";
export { listFlavors } from "./compute/flavors/list-flavors.ts";
export { showFlavor } from "./compute/flavors/show-flavor.ts";
export { listImageDetails } from "./compute/images/list-image-details.ts";
export { listImages } from "./compute/images/list-images.ts";
export { showImage } from "./compute/images/show-image.ts";
export { listInstanceActions } from "./compute/instance-actions/list-instance-actions.ts";
export { showInstanceAction } from "./compute/instance-actions/show-instance-action.ts";
export { createKeypair } from "./compute/keypairs/create-keypair.ts";
export { deleteKeypair } from "./compute/keypairs/delete-keypair.ts";
export { listKeypairs } from "./compute/keypairs/list-keypairs.ts";
export { showKeypair } from "./compute/keypairs/show-keypair.ts";
export { deleteServerMetadataItem } from "./compute/metadata/delete-server-metadata-item.ts";
export { listServerMetadata } from "./compute/metadata/list-server-metadata.ts";
export { mergeServerMetadata } from "./compute/metadata/merge-server-metadata.ts";
export { replaceServerMetadata } from "./compute/metadata/replace-server-metadata.ts";
export { setServerMetadataItem } from "./compute/metadata/set-server-metadata-item.ts";
export { showServerMetadataItem } from "./compute/metadata/show-server-metadata-item.ts";
export { createServer } from "./compute/servers/create/create-server.ts";
export { createRemoteConsole } from "./compute/servers/create-remote-console.ts";
export { deleteServer } from "./compute/servers/delete-server.ts";
export { listServerDetails } from "./compute/servers/list/list-server-details.ts";
export { listServers } from "./compute/servers/list/list-servers.ts";
export { showServer } from "./compute/servers/show-server.ts";
export { updateServer } from "./compute/servers/update-server.ts";
export { addServerTag } from "./compute/tags/add-server-tag.ts";
export { checkServerTag } from "./compute/tags/check-server-tag.ts";
export { clearServerTags } from "./compute/tags/clear-server-tags.ts";
export { deleteServerTag } from "./compute/tags/delete-server-tag.ts";
export { listServerTags } from "./compute/tags/list-server-tags.ts";
export { replaceServerTags } from "./compute/tags/replace-server-tags.ts";
export { listVersions } from "./compute/versions/list-versions.ts";
export { showV2 } from "./compute/versions/show-v2.ts";
export { showV21 } from "./compute/versions/show-v21.ts";
export { exchangeConsole } from "./console/exchange-console.ts";
export { openConsole } from "./console/open-console.ts";
export { listTenants } from "./identity/projects/list-tenants.ts";
export { checkToken } from "./identity/tokens/check-token.ts";
export { issueToken } from "./identity/tokens/issue-token.ts";
export { issueV2Token } from "./identity/tokens/issue-v2-token.ts";
export { revokeToken } from "./identity/tokens/revoke-token.ts";
export { showToken } from "./identity/tokens/show-token.ts";
export { listIdentityVersions } from "./identity/versions/list-identity-versions.ts";
export { showIdentityV2 } from "./identity/versions/show-identity-v2.ts";
export { showIdentityV3 } from "./identity/versions/show-identity-v3.ts";
export { listGlanceImages } from "./image/images/list-glance-images.ts";
export { showGlanceImage } from "./image/images/show-glance-image.ts";
export { chooseImageVersion } from "./image/versions/choose-image-version.ts";
export { listImageVersions } from "./image/versions/list-image-versions.ts";
export { listNetworkVersions } from "./network/versions/list-network-versions.ts";
export { listVolumeVersions } from "./volume/versions/list-volume-versions.ts";
export { showVolumeV3 } from "./volume/versions/show-volume-v3.ts";
