export const latin1Text = (message: Uint8Array | undefined) =>
  Buffer.from(message ?? []).toString("latin1");
