/** A viewer's connection, independent of its transport. */
export interface ByteStream {
  /** Sends one message. */
  send(bytes: Uint8Array): void;
  close(): void;
  /** Bytes not yet sent. */
  bufferedBytes(): number;
  /** Stops receiving, by backpressure to the sender. */
  pause(): void;
  resume(): void;
}

/** Bytes of a viewer handled per turn, and the most that it may be ahead. */
const receiveLimits = { chunkBytes: 4_096, backlogBytes: 65_536 } as const;

/**
 * Handles received bytes in turn: bytes that arrive meanwhile are joined, and a viewer that sends
 * too much has to wait.
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
