/** A connection of a viewer's, whatever it is made of. */
export interface ByteStream {
  /** One message. */
  send(bytes: Uint8Array): void;
  close(): void;
  /** Bytes that have not gone out yet. */
  bufferedBytes(): number;
  /** Stops what comes in, at its sender in the end. */
  pause(): void;
  resume(): void;
}

/** Bytes of one viewer that are heard before it is another's turn, and that it may be ahead. */
const receiveLimits = { chunkBytes: 4_096, backlogBytes: 65_536 } as const;

/**
 * Takes what comes out of a pipe, and has it heard in turn: what comes meanwhile is joined, and one that
 * says too much has to wait, so that it costs others nothing.
 */
export function receiveInTurn(
  stream: ByteStream,
  inTurn: (job: () => Promise<void>) => void,
  receive: (bytes: Uint8Array) => Promise<void>,
): (bytes: Uint8Array) => void {
  let backlog = Buffer.alloc(0);
  let isScheduled = false;

  async function next() {
    const bytes = backlog.subarray(0, receiveLimits.chunkBytes);
    backlog = backlog.subarray(bytes.length);
    if (backlog.length <= receiveLimits.backlogBytes) stream.resume();
    await receive(bytes);
    isScheduled = backlog.length > 0;
    if (isScheduled) inTurn(next);
  }

  return (bytes) => {
    backlog = Buffer.concat([backlog, bytes]);
    if (backlog.length > receiveLimits.backlogBytes) stream.pause();
    if (isScheduled) return;
    isScheduled = true;
    inTurn(next);
  };
}
