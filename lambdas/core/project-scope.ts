/** Of whose things somebody may know. */
export interface ProjectScope {
  readonly project: string;
  /** An administrator's. */
  readonly allProjects: boolean;
}
