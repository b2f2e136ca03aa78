import { toIsoMicros } from "../../core/times.ts";
import { pool, zone } from "../model/volume.ts";
import type { VolumeCall } from "../request.ts";

const capabilities = {
  pool_name: "lvmdriver-1",
  volume_backend_name: "lvmdriver-1",
  storage_protocol: "iSCSI",
  vendor_name: "Open Source",
  driver_version: "3.0.0",
  total_capacity_gb: 1_000_000,
  free_capacity_gb: 1_000_000,
  allocated_capacity_gb: 0,
  provisioned_capacity_gb: 0,
  reserved_percentage: 0,
  thin_provisioning_support: true,
  max_over_subscription_ratio: "20.0",
  multiattach: true,
  QoS_support: false,
};

/** cinder/api/views/scheduler_stats.py. */
export const poolView = (isDetailed: boolean) => ({
  name: pool,
  ...(isDetailed && { capabilities }),
});

/** cinder/api/contrib/services.py. */
export const volumeServiceView = (
  service: { readonly binary: string; readonly host: string },
  { now, microversion }: Pick<VolumeCall, "now" | "microversion">,
) => ({
  ...service,
  zone,
  status: "enabled",
  state: "up",
  updated_at: toIsoMicros(now),
  disabled_reason: null,
  ...(microversion >= 7 && { cluster: null }),
  ...(microversion >= 49 && service.binary === "cinder-volume" && { backend_state: "up" }),
});
