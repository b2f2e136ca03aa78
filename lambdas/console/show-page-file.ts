import { Fault } from "../core/fault.ts";
import { operation } from "../http/operation.ts";

/** A name never changes its content. */
export const showPageFile = operation({
  id: "console/show-page-file",
  service: "console",
  route: "GET /assets/{name}",
  access: "public",
  dynamoCalls: [],
  answer: "consoleFile",
  async run({ path: { name }, headers }, { pages }) {
    const file = await pages.file(name, acceptsGzip(headers["accept-encoding"]));
    if (!file) throw new Fault({ kind: "no-such-route" });
    return file;
  },
});

/** RFC 9110 §12.5.3: listed, with a weight above 0. */
const acceptsGzip = (accepted = ""): boolean =>
  accepted.split(",").some((one) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(one));
