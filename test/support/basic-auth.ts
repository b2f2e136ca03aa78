import type { CallOptions } from "./cloud.ts";

export const base64 = (text: string): string => Buffer.from(text).toString("base64");

export const withBasicAuth = (user = "demo", password = user): CallOptions => ({
  as: null,
  headers: { authorization: `Basic ${base64(`${user}:${password}`)}` },
});

/** WebOb's page for a 401, with single blanks (S3-37). */
export const unauthorizedText =
  "401 Unauthorized This server could not verify that you are authorized to access the document you requested. Either you supplied the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.";

export const collapseSpaces = (text: string): string => text.replace(/\s+/g, " ").trim();
