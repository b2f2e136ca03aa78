import type { Reach } from "../core/project-scope.ts";
import type { Records, Shelf } from "./records.ts";

/** What is a project's. */
interface Owned {
  readonly id: string;
  readonly project_id: string;
}

/** The projects that have, or had, something of the kind: how an administrator finds it all. */
const owners = (kind: string): Shelf<{ readonly id: string }> => ({ name: kind });

export const shelfOf = <R>(kind: string, project: string): Shelf<R> => ({
  name: `${kind}#${project}`,
});

/**
 * What each project has for itself is on a shelf per project, so that nobody's list grows with what
 * others have. In brackets what is asked of DynamoDB; for administrators a Query more, and the same
 * again for each project.
 */
export function ownedIn<R extends Owned>(
  records: Records,
  kind: string,
  /** What a project has from the start. */
  beginnings: (project: string) => readonly R[] = () => [],
) {
  const shelf = (project: string): Shelf<R> => shelfOf(kind, project);
  const original = (project: string, id: string): R | null =>
    beginnings(project).find((one) => one.id === id) ?? null;

  async function others({ project, everywhere }: Reach): Promise<string[]> {
    if (!everywhere) return [];
    return (await records.all(owners(kind))).map(({ id }) => id).filter((id) => id !== project);
  }

  async function allOf(project: string): Promise<R[]> {
    const kept = await records.all(shelf(project));
    const ids = new Set(kept.map(({ id }) => id));
    return [...beginnings(project).filter(({ id }) => !ids.has(id)), ...kept];
  }

  const one = async (project: string, id: string): Promise<R | null> =>
    (await records.get(shelf(project), id)) ?? original(project, id);

  /** To be told of each project before the first of its things is added. (GetItem, PutItem) */
  async function register(project: string): Promise<void> {
    if (!(await records.get(owners(kind), project)))
      await records.add(owners(kind), project, { id: project });
  }

  return {
    register,

    /** (GetItem) */
    async withId(reach: Reach, id: string): Promise<R | null> {
      const own = await one(reach.project, id);
      if (own) return own;
      const found = await Promise.all((await others(reach)).map((project) => one(project, id)));
      return found.find((record) => record !== null) ?? null;
    },

    /** In the order they were kept. (Query) */
    async all(reach: Reach): Promise<R[]> {
      const projects = [reach.project, ...(await others(reach))];
      return (await Promise.all(projects.map(allOf))).flat();
    },

    /** (GetItem, PutItem) */
    async add(record: R): Promise<void> {
      await register(record.project_id);
      await records.put(shelf(record.project_id), record.id, record);
    },

    /** null where it is gone meanwhile; what `to` throws is thrown. (GetItem, PutItem) */
    async change({ project_id, id }: Owned, to: (was: R) => R): Promise<R | null> {
      const there = original(project_id, id);
      if (there) await records.add(shelf(project_id), id, there);
      return records.change(shelf(project_id), id, to);
    },

    /** What was there: of several who remove it, one is given it. (DeleteItem) */
    remove: ({ project_id, id }: Owned): Promise<R | null> => records.remove(shelf(project_id), id),
  };
}
