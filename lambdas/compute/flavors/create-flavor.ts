import { randomUUID } from "node:crypto";
import { conflict, malformed } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { isTrue } from "../../http/schema-fields.ts";
import { type Flavor, plainFlavor } from "../model/flavor.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { createSchema } from "./create-schema.ts";

export const createFlavor = operation({
  id: "compute/create-flavor",
  service: "compute",
  route: "POST /flavors",
  access: { rule: "os_compute_api:os-flavor-manage:create", role: "admin" },
  dynamoCalls: ["PutItem", "GetItem", "Query", "DeleteItem"],
  answer: "flavor",
  body: createSchema,
  async run({ body: { flavor: asked } }, world) {
    const flavors = flavorsIn(world.backend().records);
    const flavor: Flavor = {
      ...plainFlavor,
      id: asked.id ? String(asked.id) : randomUUID(),
      name: asked.name.trim(),
      vcpus: Number(asked.vcpus),
      ram: Number(asked.ram),
      disk: Number(asked.disk),
      ephemeral: Number(asked["OS-FLV-EXT-DATA:ephemeral"] ?? 0),
      swap: Number(asked.swap ?? 0),
      rxtxFactor: factor(asked.rxtx_factor),
      isPublic: isTrue(asked["os-flavor-access:is_public"] ?? true),
      description: asked.description ?? null,
    };
    if (!(await flavors.addAnew(flavor)))
      throw conflict(`Flavor with ID ${flavor.id} already exists.`);
    // looked for afterwards, so that of two at once neither is left with the other's name
    const { id, name } = flavor;
    if ((await flavors.all()).some((other) => other.name === name && other.id !== id)) {
      await flavors.remove(id);
      throw conflict(`Flavor with name ${name} already exists.`);
    }
    return flavor;
  },
});

/** The schema bounds numbers, and not text that is one (nova/compute/flavors.py create). */
function factor(asked: string | number | undefined): number {
  const value = Number(asked ?? 1);
  if (value > 0 && value <= 3.40282e38) return value;
  throw malformed(
    "Invalid input received: 'rxtx_factor' argument must be a float between 0 and 3.40282e+38",
  );
}
