/** Where the records of one kind are kept together, and perhaps of one owner: `FLAVORS`, `PORTS#<project>`. */
export interface Collection<Record> {
  readonly name: string;
  /** For the type alone: nothing is ever there. */
  readonly recordType?: Record;
}

/**
 * What has no hot path of its own is kept whole, under an id on a shelf. In brackets what each asks of
 * DynamoDB.
 */
export interface Records {
  /** (GetItem) */
  get<R>(collection: Collection<R>, id: string): Promise<R | null>;
  /** In the order of their ids. (Query) */
  all<R>(collection: Collection<R>): Promise<R[]>;
  /** False where one of that id is there already. (PutItem) */
  add<R>(collection: Collection<R>, id: string, record: R): Promise<boolean>;
  /** Whatever was there before. (PutItem) */
  put<R>(collection: Collection<R>, id: string, record: R): Promise<void>;
  /**
   * Puts what `to` makes of the one that is there, as if nobody else were at it: where somebody was,
   * `to` is asked again. null where there is none; what `to` throws is thrown. (GetItem, PutItem)
   */
  change<R>(collection: Collection<R>, id: string, update: (was: R) => R): Promise<R | null>;
  /** What was there. (DeleteItem) */
  remove<R>(collection: Collection<R>, id: string): Promise<R | null>;
}
