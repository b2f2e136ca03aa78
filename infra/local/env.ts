import { clientExports, localOrigin, requestedPort } from "./client-exports.ts";

/** `npm run -s env` for `eval`; `npm run -s env -- admin` for another account than demo. */
try {
  console.log(clientExports(localOrigin(requestedPort()), process.argv[2]));
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
}
