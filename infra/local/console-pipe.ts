/** A connection of a viewer's, whatever it is made of. */
export interface Pipe {
  /** One message. */
  send(bytes: Uint8Array): void;
  close(): void;
  /** Bytes that have not gone out yet. */
  waiting(): number;
  /** Stops what comes in, at its sender in the end. */
  pause(): void;
  resume(): void;
}

/** Bytes of one viewer that are heard before it is another's turn, and that it may be ahead. */
const heard = { atOnce: 4_096, ahead: 65_536 } as const;

/**
 * Takes what comes out of a pipe, and has it heard in turn: what comes meanwhile is joined, and one that
 * says too much has to wait, so that it costs others nothing.
 */
export function hearing(
  pipe: Pipe,
  inTurn: (job: () => Promise<void>) => void,
  hear: (bytes: Uint8Array) => Promise<void>,
): (bytes: Uint8Array) => void {
  let unheard = Buffer.alloc(0);
  let isAwaited = false;

  async function next() {
    const bytes = unheard.subarray(0, heard.atOnce);
    unheard = unheard.subarray(bytes.length);
    if (unheard.length <= heard.ahead) pipe.resume();
    await hear(bytes);
    isAwaited = unheard.length > 0;
    if (isAwaited) inTurn(next);
  }

  return (bytes) => {
    unheard = Buffer.concat([unheard, bytes]);
    if (unheard.length > heard.ahead) pipe.pause();
    if (isAwaited) return;
    isAwaited = true;
    inTurn(next);
  };
}
