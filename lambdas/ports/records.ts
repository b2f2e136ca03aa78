/** Where the records of one kind are kept together, and perhaps of one owner: `FLAVORS`, `PORTS#<project>`. */
export interface Shelf<Record> {
  readonly name: string;
  /** For the type alone: nothing is ever there. */
  readonly holds?: Record;
}

/**
 * What has no hot path of its own is kept whole, under an id on a shelf. In brackets what each asks of
 * DynamoDB.
 */
export interface Records {
  /** (GetItem) */
  get<R>(shelf: Shelf<R>, id: string): Promise<R | null>;
  /** In the order of their ids. (Query) */
  all<R>(shelf: Shelf<R>): Promise<R[]>;
  /** False where one of that id is there already. (PutItem) */
  add<R>(shelf: Shelf<R>, id: string, record: R): Promise<boolean>;
  /** Whatever was there before. (PutItem) */
  put<R>(shelf: Shelf<R>, id: string, record: R): Promise<void>;
  /**
   * Puts what `to` makes of the one that is there, as if nobody else were at it: where somebody was,
   * `to` is asked again. null where there is none; what `to` throws is thrown. (GetItem, PutItem)
   */
  change<R>(shelf: Shelf<R>, id: string, to: (was: R) => R): Promise<R | null>;
  /** What was there. (DeleteItem) */
  remove<R>(shelf: Shelf<R>, id: string): Promise<R | null>;
}
