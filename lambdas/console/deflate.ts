import { constants, deflateSync } from "node:zlib";
import type { Deflate } from "./model/rfb-update.ts";

export const deflate: Deflate = (bytes) =>
  deflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });

/** A complete zlib stream. */
export const deflateWhole: Deflate = (bytes) => deflateSync(bytes);
