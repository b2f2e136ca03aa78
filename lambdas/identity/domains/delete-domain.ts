import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertMutable, forbidden } from "../faults.ts";
import { revocationKeys } from "../model/identity.ts";
import { entriesIn, getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { revokeIncludingInFlight } from "../tokens/revocation.ts";

/** Deletes the domain's users, projects and roles too. */
export const deleteDomain = operation({
  id: "identity/delete-domain",
  service: "identity",
  route: "DELETE /v3/domains/{domain_id}",
  access: { rule: "identity:delete_domain", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "deleted",
  async run({ path: { domain_id: id }, now }, environment) {
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    const domain = getDirectoryEntry(directory, "domain", id);
    assertMutable(domain, "delete");
    if (domain.enabled)
      throw forbidden("Cannot delete a domain that is enabled, please disable it first.");
    await revokeIncludingInFlight(environment, revocationKeys.domain(id), now);
    const [users, entries] = [usersIn(records), entriesIn(records)];
    for (const user of await users.all()) if (user.domain === id) await users.remove(user.id, now);
    for (const within of [...directory.projects, ...directory.roles])
      if (within.domain === id) await entries.remove(within.id, now);
    if (!(await entries.remove(id, now))) throw notFound("domain", id);
    return undefined;
  },
});
