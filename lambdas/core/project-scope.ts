/** Of whose things somebody may know. */
export interface Reach {
  readonly project: string;
  /** An administrator's. */
  readonly everywhere: boolean;
}
