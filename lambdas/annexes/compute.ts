import { annex } from "../http/function-group.ts";
import type { Annex } from "../http/operation.ts";

/** What of Nova is beside the servers: their administration, and what they are made of. */
export const computeAnnex = {
  id: "annexes/compute",
  doors: ["/v2.1", "/v2.1/{project_id}", "/v2/{project_id}"],
  operations: {
    "DELETE /servers/{server_id}/os-server-password": async () =>
      (await import("../compute/servers/clear-server-password.ts")).clearServerPassword,
    "GET /os-console-auth-tokens/{token}": async () =>
      (await import("../console/show-console-connection.ts")).showConsoleConnection,
    "GET /servers/{server_id}/diagnostics": async () =>
      (await import("../compute/servers/show-server-diagnostics.ts")).showServerDiagnostics,
    "GET /servers/{server_id}/migrations": async () =>
      (await import("../compute/migrations/list-server-migrations.ts")).listServerMigrations,
    "DELETE /servers/{server_id}/migrations/{migration_id}": async () =>
      (await import("../compute/migrations/abort-migration.ts")).abortMigration,
    "GET /servers/{server_id}/migrations/{migration_id}": async () =>
      (await import("../compute/migrations/show-server-migration.ts")).showServerMigration,
    "POST /servers/{server_id}/migrations/{migration_id}/action": async () =>
      (await import("../compute/migrations/force-migration.ts")).forceMigration,
    "GET /servers/{server_id}/os-server-password": async () =>
      (await import("../compute/servers/show-server-password.ts")).showServerPassword,
    "GET /servers/{server_id}/topology": async () =>
      (await import("../compute/servers/show-server-topology.ts")).showServerTopology,
    "GET /os-security-groups": async () =>
      (await import("../compute/security-groups/list-security-groups.ts")).listSecurityGroups,
    "POST /os-security-groups": async () =>
      (await import("../compute/security-groups/create-security-group.ts")).createSecurityGroup,
    "DELETE /os-security-groups/{group_id}": async () =>
      (await import("../compute/security-groups/delete-security-group.ts")).deleteSecurityGroup,
    "GET /os-security-groups/{group_id}": async () =>
      (await import("../compute/security-groups/show-security-group.ts")).showSecurityGroup,
    "PUT /os-security-groups/{group_id}": async () =>
      (await import("../compute/security-groups/update-security-group.ts")).updateSecurityGroup,
    "POST /os-security-group-rules": async () =>
      (await import("../compute/security-groups/create-rule.ts")).createRule,
    "DELETE /os-security-group-rules/{rule_id}": async () =>
      (await import("../compute/security-groups/delete-rule.ts")).deleteRule,
    "GET /servers/{server_id}/ips": async () =>
      (await import("../compute/servers/list-addresses.ts")).listAddresses,
    "GET /servers/{server_id}/ips/{network}": async () =>
      (await import("../compute/servers/show-addresses.ts")).showAddresses,
    "GET /os-snapshots": async () =>
      (await import("../compute/volumes/list-proxied-snapshots.ts")).listProxiedSnapshots,
    "POST /os-snapshots": async () =>
      (await import("../compute/volumes/create-proxied-snapshot.ts")).createProxiedSnapshot,
    "GET /os-snapshots/detail": async () =>
      (await import("../compute/volumes/list-proxied-snapshot-details.ts")).listProxiedSnapshotDetails,
    "DELETE /os-snapshots/{snapshot_id}": async () =>
      (await import("../compute/volumes/delete-proxied-snapshot.ts")).deleteProxiedSnapshot,
    "GET /os-snapshots/{snapshot_id}": async () =>
      (await import("../compute/volumes/show-proxied-snapshot.ts")).showProxiedSnapshot,
    "GET /os-volumes": async () =>
      (await import("../compute/volumes/list-proxied-volumes.ts")).listProxiedVolumes,
    "POST /os-volumes": async () =>
      (await import("../compute/volumes/create-proxied-volume.ts")).createProxiedVolume,
    "GET /os-volumes/detail": async () =>
      (await import("../compute/volumes/list-proxied-volume-details.ts")).listProxiedVolumeDetails,
    "DELETE /os-volumes/{volume_id}": async () =>
      (await import("../compute/volumes/delete-proxied-volume.ts")).deleteProxiedVolume,
    "GET /os-volumes/{volume_id}": async () =>
      (await import("../compute/volumes/show-proxied-volume.ts")).showProxiedVolume,
    "GET /servers/{server_id}/os-volume_attachments": async () =>
      (await import("../compute/volume-attachments/list-volume-attachments.ts")).listVolumeAttachments,
    "POST /servers/{server_id}/os-volume_attachments": async () =>
      (await import("../compute/volume-attachments/attach-volume.ts")).attachVolume,
    "DELETE /servers/{server_id}/os-volume_attachments/{volume_id}": async () =>
      (await import("../compute/volume-attachments/detach-volume.ts")).detachVolume,
    "GET /servers/{server_id}/os-volume_attachments/{volume_id}": async () =>
      (await import("../compute/volume-attachments/show-volume-attachment.ts")).showVolumeAttachment,
    "PUT /servers/{server_id}/os-volume_attachments/{volume_id}": async () =>
      (await import("../compute/volume-attachments/update-volume-attachment.ts")).updateVolumeAttachment,
    "GET /servers/{server_id}/os-interface": async () =>
      (await import("../compute/interfaces/list-interfaces.ts")).listInterfaces,
    "POST /servers/{server_id}/os-interface": async () =>
      (await import("../compute/interfaces/attach-interface.ts")).attachInterface,
    "DELETE /servers/{server_id}/os-interface/{port_id}": async () =>
      (await import("../compute/interfaces/detach-interface.ts")).detachInterface,
    "GET /servers/{server_id}/os-interface/{port_id}": async () =>
      (await import("../compute/interfaces/show-interface.ts")).showInterface,
    "GET /servers/{server_id}/os-security-groups": async () =>
      (await import("../compute/security-groups/list-server-security-groups.ts")).listServerSecurityGroups,
    "GET /extensions": async () =>
      (await import("../compute/extensions/list-extensions.ts")).listExtensions,
    "GET /extensions/{alias}": async () =>
      (await import("../compute/extensions/show-extension.ts")).showExtension,
    "POST /flavors": async () => (await import("../compute/flavors/create-flavor.ts")).createFlavor,
    "DELETE /flavors/{flavor_id}": async () =>
      (await import("../compute/flavors/delete-flavor.ts")).deleteFlavor,
    "PUT /flavors/{flavor_id}": async () =>
      (await import("../compute/flavors/update-flavor.ts")).updateFlavor,
    "POST /flavors/{flavor_id}/action": async () =>
      (await import("../compute/flavors/change-access.ts")).changeAccess,
    "GET /flavors/{flavor_id}/os-extra_specs": async () =>
      (await import("../compute/flavors/list-extra-specs.ts")).listExtraSpecs,
    "POST /flavors/{flavor_id}/os-extra_specs": async () =>
      (await import("../compute/flavors/add-extra-specs.ts")).addExtraSpecs,
    "DELETE /flavors/{flavor_id}/os-extra_specs/{key}": async () =>
      (await import("../compute/flavors/delete-extra-spec.ts")).deleteExtraSpec,
    "GET /flavors/{flavor_id}/os-extra_specs/{key}": async () =>
      (await import("../compute/flavors/show-extra-spec.ts")).showExtraSpec,
    "PUT /flavors/{flavor_id}/os-extra_specs/{key}": async () =>
      (await import("../compute/flavors/set-extra-spec.ts")).setExtraSpec,
    "GET /flavors/{flavor_id}/os-flavor-access": async () =>
      (await import("../compute/flavors/list-access.ts")).listAccess,
    "GET /limits": async () => (await import("../compute/quotas/show-limits.ts")).showLimits,
    "GET /os-aggregates": async () =>
      (await import("../compute/aggregates/list-aggregates.ts")).listAggregates,
    "POST /os-aggregates": async () =>
      (await import("../compute/aggregates/create-aggregate.ts")).createAggregate,
    "DELETE /os-aggregates/{aggregate_id}": async () =>
      (await import("../compute/aggregates/delete-aggregate.ts")).deleteAggregate,
    "GET /os-aggregates/{aggregate_id}": async () =>
      (await import("../compute/aggregates/show-aggregate.ts")).showAggregate,
    "PUT /os-aggregates/{aggregate_id}": async () =>
      (await import("../compute/aggregates/update-aggregate.ts")).updateAggregate,
    "POST /os-aggregates/{aggregate_id}/action": async () =>
      (await import("../compute/aggregates/change-aggregate.ts")).changeAggregate,
    "POST /os-aggregates/{aggregate_id}/images": async () =>
      (await import("../compute/aggregates/cache-images.ts")).cacheImages,
    "GET /os-availability-zone": async () =>
      (await import("../compute/availability-zones/list-zones.ts")).listZones,
    "GET /os-availability-zone/detail": async () =>
      (await import("../compute/availability-zones/list-zone-details.ts")).listZoneDetails,
    "GET /os-floating-ip-pools": async () =>
      (await import("../compute/floating-ips/list-pools.ts")).listPools,
    "GET /os-floating-ips": async () =>
      (await import("../compute/floating-ips/list-floating-ips.ts")).listFloatingIps,
    "POST /os-floating-ips": async () =>
      (await import("../compute/floating-ips/create-floating-ip.ts")).createFloatingIp,
    "DELETE /os-floating-ips/{floating_ip_id}": async () =>
      (await import("../compute/floating-ips/delete-floating-ip.ts")).deleteFloatingIp,
    "GET /os-floating-ips/{floating_ip_id}": async () =>
      (await import("../compute/floating-ips/show-floating-ip.ts")).showFloatingIp,
    "GET /os-hosts": async () => (await import("../compute/hosts/list-hosts.ts")).listHosts,
    "GET /os-hosts/{host_name}": async () =>
      (await import("../compute/hosts/show-host.ts")).showHost,
    "PUT /os-hosts/{host_name}": async () =>
      (await import("../compute/hosts/update-host.ts")).updateHost,
    "GET /os-hosts/{host_name}/reboot": async () =>
      (await import("../compute/hosts/reboot-host.ts")).rebootHost,
    "GET /os-hosts/{host_name}/shutdown": async () =>
      (await import("../compute/hosts/shut-down-host.ts")).shutDownHost,
    "GET /os-hosts/{host_name}/startup": async () =>
      (await import("../compute/hosts/start-host.ts")).startHost,
    "GET /os-hypervisors": async () =>
      (await import("../compute/hypervisors/list-hypervisors.ts")).listHypervisors,
    "GET /os-hypervisors/detail": async () =>
      (await import("../compute/hypervisors/list-hypervisor-details.ts")).listHypervisorDetails,
    "GET /os-hypervisors/statistics": async () =>
      (await import("../compute/hypervisors/show-hypervisor-statistics.ts"))
        .showHypervisorStatistics,
    "GET /os-hypervisors/{hypervisor_id}": async () =>
      (await import("../compute/hypervisors/show-hypervisor.ts")).showHypervisor,
    "GET /os-hypervisors/{hypervisor_id}/search": async () =>
      (await import("../compute/hypervisors/search-hypervisors.ts")).searchHypervisors,
    "GET /os-hypervisors/{hypervisor_id}/servers": async () =>
      (await import("../compute/hypervisors/list-hypervisor-servers.ts")).listHypervisorServers,
    "GET /os-hypervisors/{hypervisor_id}/uptime": async () =>
      (await import("../compute/hypervisors/show-hypervisor-uptime.ts")).showHypervisorUptime,
    "GET /os-instance_usage_audit_log": async () =>
      (await import("../compute/audits/list-audits.ts")).listAudits,
    "GET /os-instance_usage_audit_log/{before}": async () =>
      (await import("../compute/audits/show-audit.ts")).showAudit,
    "GET /os-migrations": async () =>
      (await import("../compute/migrations/list-migrations.ts")).listMigrations,
    "GET /os-networks": async () =>
      (await import("../compute/networks/list-networks.ts")).listNetworks,
    "GET /os-networks/{network_id}": async () =>
      (await import("../compute/networks/show-network.ts")).showNetwork,
    "GET /os-quota-class-sets/{quota_class}": async () =>
      (await import("../compute/quotas/show-quota-class.ts")).showQuotaClass,
    "PUT /os-quota-class-sets/{quota_class}": async () =>
      (await import("../compute/quotas/update-quota-class.ts")).updateQuotaClass,
    "DELETE /os-quota-sets/{project}": async () =>
      (await import("../compute/quotas/delete-quotas.ts")).deleteQuotas,
    "GET /os-quota-sets/{project}": async () =>
      (await import("../compute/quotas/show-quotas.ts")).showQuotas,
    "PUT /os-quota-sets/{project}": async () =>
      (await import("../compute/quotas/update-quotas.ts")).updateQuotas,
    "GET /os-quota-sets/{project}/defaults": async () =>
      (await import("../compute/quotas/show-default-quotas.ts")).showDefaultQuotas,
    "GET /os-quota-sets/{project}/detail": async () =>
      (await import("../compute/quotas/show-quota-details.ts")).showQuotaDetails,
    "POST /os-server-external-events": async () =>
      (await import("../compute/servers/create-external-events.ts")).createExternalEvents,
    "GET /os-server-groups": async () =>
      (await import("../compute/server-groups/list-server-groups.ts")).listServerGroups,
    "POST /os-server-groups": async () =>
      (await import("../compute/server-groups/create-server-group.ts")).createServerGroup,
    "DELETE /os-server-groups/{group_id}": async () =>
      (await import("../compute/server-groups/delete-server-group.ts")).deleteServerGroup,
    "GET /os-server-groups/{group_id}": async () =>
      (await import("../compute/server-groups/show-server-group.ts")).showServerGroup,
    "GET /os-services": async () =>
      (await import("../compute/services/list-services.ts")).listServices,
    "DELETE /os-services/{service_id}": async () =>
      (await import("../compute/services/delete-service.ts")).deleteService,
    "PUT /os-services/{service_id}": async () =>
      (await import("../compute/services/update-service.ts")).updateService,
    "GET /os-simple-tenant-usage": async () =>
      (await import("../compute/quotas/list-usages.ts")).listUsages,
    "GET /os-simple-tenant-usage/{project}": async () =>
      (await import("../compute/quotas/show-usage.ts")).showUsage,
    "GET /os-tenant-networks": async () =>
      (await import("../compute/networks/list-tenant-networks.ts")).listTenantNetworks,
    "GET /os-tenant-networks/{network_id}": async () =>
      (await import("../compute/networks/show-tenant-network.ts")).showTenantNetwork,
    "DELETE /images/{image_id}": async () =>
      (await import("../compute/images/delete-image.ts")).deleteImage,
    "GET /images/{image_id}/metadata": async () =>
      (await import("../compute/images/list-image-metadata.ts")).listImageMetadata,
    "POST /images/{image_id}/metadata": async () =>
      (await import("../compute/images/create-image-metadata.ts")).createImageMetadata,
    "PUT /images/{image_id}/metadata": async () =>
      (await import("../compute/images/replace-image-metadata.ts")).replaceImageMetadata,
    "GET /images/{image_id}/metadata/{key}": async () =>
      (await import("../compute/images/show-image-metadata.ts")).showImageMetadata,
    "PUT /images/{image_id}/metadata/{key}": async () =>
      (await import("../compute/images/update-image-metadata.ts")).updateImageMetadata,
    "DELETE /images/{image_id}/metadata/{key}": async () =>
      (await import("../compute/images/delete-image-metadata.ts")).deleteImageMetadata,
  },
} satisfies Annex;

export const handler = annex(computeAnnex);
