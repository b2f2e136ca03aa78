/** The records that a caller may see. */
export interface ProjectScope {
  readonly project: string;
  /** An administrator's scope. */
  readonly allProjects: boolean;
}
