/** The place of records of one kind, possibly per owner: `FLAVORS`, `PORTS#<project>`. */
export interface Collection<Record> {
  readonly name: string;
  /** Types the collection; never set. */
  readonly recordType?: Record;
}

/** Storage of whole records by collection and id, for data without a hot path. */
export interface Records {
  /** @calls GetItem */
  get<R>(collection: Collection<R>, id: string): Promise<R | null>;
  /**
   * In the order of their ids.
   * @calls Query
   */
  all<R>(collection: Collection<R>): Promise<R[]>;
  /**
   * Returns false for an id that exists.
   * @calls PutItem
   */
  add<R>(collection: Collection<R>, id: string, record: R): Promise<boolean>;
  /**
   * Replaces any stored record.
   * @calls PutItem
   */
  put<R>(collection: Collection<R>, id: string, record: R): Promise<void>;
  /**
   * Stores what `update` returns for the current record; calls it again after a concurrent change.
   * Writes nothing where it returns its argument. Returns null where there is no record; rethrows
   * what `update` throws. Throws `raced` as `optimistic`.
   * @calls GetItem, PutItem
   */
  change<R>(collection: Collection<R>, id: string, update: (was: R) => R): Promise<R | null>;
  /**
   * Returns the removed record. `read` is the record as the caller read it: returned where the
   * response of a first attempt was lost.
   * @calls DeleteItem
   */
  remove<R>(collection: Collection<R>, id: string, read?: R): Promise<R | null>;
  /**
   * Removes the record if `isRemovable` holds for it at that moment; asks again after a concurrent
   * change. Returns the judged record, also where a
   * concurrent request removed it after that, and null where there is none or it stays. `expected` is a record just read: it
   * saves the first GetItem. Throws `raced` as `optimistic`.
   * @calls DeleteItem, GetItem
   */
  removeIf<R>(
    collection: Collection<R>,
    id: string,
    isRemovable: (record: R) => boolean,
    expected?: R,
  ): Promise<R | null>;
}
