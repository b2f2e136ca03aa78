import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { pool } from "../model/volume.ts";

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
export const listPools = operation({
  id: "volume/list-pools",
  service: "volume",
  route: "GET /scheduler-stats/get_pools",
  access: { rule: "scheduler_extension:scheduler_stats:get_pools", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  run: async ({ query }) => ({
    pools: [{ name: pool, ...(isTrue(oslo, query.get("detail")) && { capabilities }) }],
  }),
});
