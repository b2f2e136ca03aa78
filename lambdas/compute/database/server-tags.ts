import { badRequest, notFoundIn } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Table } from "../../database/table.ts";
import type { Fragment } from "../../database/update.ts";
import type { ServerTags } from "../../ports/backend.ts";
import type { SideChange } from "../model/action-verbs.ts";
import { maxTags } from "../model/server.ts";
import { decodeTags, tagsAttribute } from "./server-item.ts";
import { updateAttributes } from "./update-attributes.ts";

const tagsNames = { "#tags": tagsAttribute };

/** Ignores locks, as nova/api/openstack/compute/server_tags.py does. */
export function serverTagsIn(table: Table): ServerTags {
  const replaceChange = (tags: readonly string[]): Fragment =>
    tags.length === 0
      ? { remove: ["#tags"], names: tagsNames }
      : {
          set: ["#tags = :all"],
          names: tagsNames,
          values: { ":all": { SS: [...new Set(tags)] } },
        };

  const options = (project: string, id: string, now: Instant, sideChange: SideChange) =>
    ({
      table,
      project,
      id,
      now,
      sideChange,
      canOverrideLock: true,
      returnValues: "UPDATED_OLD",
    }) as const;

  return {
    async add(project, id, tag, now) {
      const previous = await updateAttributes(options(project, id, now, "updateTag"), (seen) => {
        // Nova counts before checking for the tag (E-36)
        if (seen && decodeTags(seen).length >= maxTags)
          throw badRequest(`The number of tags exceeded the per-server limit ${maxTags}`);
        return {
          add: ["#tags :one"],
          when: ["(attribute_not_exists(#tags) OR size(#tags) < :most)"],
          names: tagsNames,
          values: { ":one": { SS: [tag] }, ":most": { N: String(maxTags) } },
        };
      });
      return !decodeTags(previous).includes(tag);
    },

    async replace(project, id, tags, now) {
      await updateAttributes(options(project, id, now, "updateTags"), () => replaceChange(tags));
    },

    async remove(project, id, tag, now) {
      await updateAttributes(options(project, id, now, "deleteTag"), (seen) => {
        if (seen && !decodeTags(seen).includes(tag)) throw notFoundIn(id, "instance-tag", tag);
        return {
          delete: ["#tags :one"],
          when: ["contains(#tags, :tag)"],
          names: tagsNames,
          values: { ":one": { SS: [tag] }, ":tag": { S: tag } },
        };
      });
    },

    async clear(project, id, now) {
      await updateAttributes(options(project, id, now, "deleteTags"), () => replaceChange([]));
    },
  };
}
