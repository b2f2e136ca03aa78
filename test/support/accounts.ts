import { accounts } from "../../infra/local/accounts.ts";

export const accountId = (name: string) => accounts.find((account) => account.name === name)?.id;
