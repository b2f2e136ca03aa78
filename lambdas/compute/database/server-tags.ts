import { malformed, noSuchOn } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Table } from "../../database/table.ts";
import type { ServerTags } from "../../ports/backend.ts";
import type { Meddling } from "../model/action-verbs.ts";
import { mostTags } from "../model/server.ts";
import { tagsAttribute, tagsIn } from "./server-item.ts";
import { type Change, changed } from "./update-attributes.ts";

const names = { "#tags": tagsAttribute };

/** A server's tags, an update each. No lock keeps them (nova/…/server_tags.py asks for none). */
export function serverTagsIn(table: Table): ServerTags {
  const replacing = (tags: readonly string[]): Change =>
    tags.length === 0
      ? { update: "REMOVE #tags", names }
      : { update: "SET #tags = :all", names, values: { ":all": { SS: [...new Set(tags)] } } };

  const about = (project: string, id: string, now: Instant, meddling: Meddling) =>
    ({ table, project, id, now, meddling, overLock: true, returns: "UPDATED_OLD" }) as const;

  return {
    async add(project, id, tag, now) {
      const was = await changed(about(project, id, now, "updateTag"), (seen) => {
        // Nova counts before it looks whether the tag is there already (E-36)
        if (seen && tagsIn(seen).length >= mostTags)
          throw malformed(`The number of tags exceeded the per-server limit ${mostTags}`);
        return {
          update: "ADD #tags :one",
          condition: "attribute_not_exists(#tags) OR size(#tags) < :most",
          names,
          values: { ":one": { SS: [tag] }, ":most": { N: String(mostTags) } },
        };
      });
      return !tagsIn(was).includes(tag);
    },

    async replace(project, id, tags, now) {
      await changed(about(project, id, now, "updateTags"), () => replacing(tags));
    },

    async remove(project, id, tag, now) {
      await changed(about(project, id, now, "deleteTag"), (seen) => {
        if (seen && !tagsIn(seen).includes(tag)) throw noSuchOn(id, "instance-tag", tag);
        return {
          update: "DELETE #tags :one",
          condition: "contains(#tags, :tag)",
          names,
          values: { ":one": { SS: [tag] }, ":tag": { S: tag } },
        };
      });
    },

    async clear(project, id, now) {
      await changed(about(project, id, now, "deleteTags"), () => replacing([]));
    },
  };
}
