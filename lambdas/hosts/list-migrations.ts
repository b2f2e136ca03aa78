import { operation } from "../http/operation.ts";
import { limitSchema } from "../http/page.ts";
import { one, strings } from "../http/shapes.ts";

const filters = ["hidden", "host", "instance_uuid", "source_compute", "status", "migration_type"];
const instant = {
  type: "array",
  items: { type: "string", format: "date-time" },
  maxItems: 1,
} as const;

/** Servers stay where they are. */
export const listMigrations = operation({
  id: "hosts/list-migrations",
  service: "compute",
  route: "GET /os-migrations",
  access: { rule: "os_compute_api:os-migrations:index", role: "manager" },
  calls: [],
  answer: "document",
  query: {
    type: "object",
    properties: {
      ...Object.fromEntries(filters.map((name) => [name, strings])),
      limit: { ...limitSchema, maxItems: 1, since: 59 },
      marker: { ...one, since: 59 },
      "changes-since": { ...instant, since: 59 },
      "changes-before": { ...instant, since: 66 },
      user_id: { ...one, since: 80 },
      project_id: { ...one, since: 80 },
    },
    closedSince: 59,
  },
  run: async () => ({ migrations: [] }),
});
