import { exportLines, localOrigin, portAsked } from "./exports.ts";

/** `npm run -s env`, for `eval`. */
console.log(exportLines(localOrigin(portAsked())));
