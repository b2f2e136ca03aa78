declare module "pkgcloud" {
  type Answer<Value> = (error: Error | null, value: Value) => void;

  export interface Named {
    readonly id: string;
    readonly name: string;
  }

  export interface Server extends Named {
    readonly status: string;
    readonly original: { readonly image: { readonly id: string } };
  }

  export interface Client {
    getFlavors(answer: Answer<readonly Named[]>): void;
    getImages(answer: Answer<readonly Named[]>): void;
    getImage(id: string, answer: Answer<Named>): void;
    getServers(answer: Answer<readonly Server[]>): void;
    getServer(id: string, answer: Answer<Server>): void;
    createServer(
      options: { readonly name: string; readonly flavor: string; readonly image: string },
      answer: Answer<Server & { readonly adminPass: string }>,
    ): void;
    rebootServer(id: string, options: { readonly type: string }, answer: Answer<unknown>): void;
    destroyServer(id: string, answer: Answer<unknown>): void;
  }

  const pkgcloud: {
    readonly compute: { createClient(options: Readonly<Record<string, string>>): Client };
  };
  export default pkgcloud;
}
