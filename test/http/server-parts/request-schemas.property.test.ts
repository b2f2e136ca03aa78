import { describe, test } from "vitest";
import { type Schema, schemaAt } from "../../../lambdas/http/schema.ts";
import { getConsoleOutput } from "../../../lambdas/servers/actions/get-console-output.ts";
import { getSerialConsole } from "../../../lambdas/servers/actions/get-serial-console.ts";
import { getSpiceConsole } from "../../../lambdas/servers/actions/get-spice-console.ts";
import { createRemoteConsole } from "../../../lambdas/servers/create-remote-console.ts";
import { listInstanceActions } from "../../../lambdas/servers/instance-actions/list-instance-actions.ts";
import { addServerTag } from "../../../lambdas/servers/tags/add-server-tag.ts";
import { replaceServerTags } from "../../../lambdas/servers/tags/replace-server-tags.ts";
import { hasNovaSchemas, novaSchema } from "../../support/nova-schemas.ts";
import { agree } from "../../support/schema-agreement.ts";

/** Ours, Nova's, and the versions from which and to which it is Nova's. */
const held: readonly [ours: unknown, novas: string, part: "body" | "query", at: number[]][] = [
  [getConsoleOutput.body, "console_output.get_console_output", "body", [1, 96]],
  [getSerialConsole.body, "remote_consoles.get_serial_console", "body", [1, 5]],
  [getSpiceConsole.body, "remote_consoles.get_spice_console", "body", [1, 5]],
  [createRemoteConsole.body, "remote_consoles.create_v26", "body", [6, 7]],
  [createRemoteConsole.body, "remote_consoles.create_v28", "body", [8, 96]],
  [addServerTag.body, "server_tags.update", "body", [26, 96]],
  [replaceServerTags.body, "server_tags.update_all", "body", [26, 96]],
  [listInstanceActions.query, "instance_actions.index_query_v258", "query", [58, 65]],
  [listInstanceActions.query, "instance_actions.index_query_v266", "query", [66, 96]],
];

describe.runIf(hasNovaSchemas)("our schemas take what Nova's take, and nothing else", () => {
  for (const [ours, novas, part, at] of held)
    test(`${novas} at 2.${at.join(" and 2.")}`, () => {
      for (const version of at)
        agree(schemaAt(ours as Schema, version), novaSchema(novas) as Schema, part, 500);
    }, 30_000);
});
