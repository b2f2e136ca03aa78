import type { ConsoleGrant, ConsoleType } from "../compute/model/console-grant.ts";
import type { Flavor } from "../compute/model/flavor.ts";
import type { InstanceAction } from "../compute/model/instance-action.ts";
import type { Keypair } from "../compute/model/keypair.ts";
import type { Migration } from "../compute/model/migration.ts";
import type { Server } from "../compute/model/server.ts";
import type { ConsolePage, PageFile } from "../console/model/page.ts";
import type { Screen } from "../console/model/screen.ts";
import type { Claims } from "../identity/model/identity.ts";
import type { Image } from "../image/model/image.ts";

/** Every kind of response of an operation. Each dialect has a view for those it serves. */
export interface Responses {
  /** 202: the action has begun. */
  readonly accepted: undefined;
  readonly deleted: undefined;
  /** 204, or 200 without a body. */
  readonly noContent: undefined;
  readonly deletedKeypair: undefined;
  /** A list of documents with links. */
  readonly namedList: NamedList;
  readonly linkedPage: LinkedPage;
  /** A document. */
  readonly ok: unknown;
  /** A document of a new resource: 201. */
  readonly created: unknown;
  /** A document of a resource whose creation has begun: 202. */
  readonly acceptedDocument: unknown;
  /** A 300 document with alternatives. */
  readonly multipleChoices: unknown;
  readonly server: ShownServer;
  readonly updatedServer: ShownServer;
  readonly createdServers: CreatedServers;
  readonly rebuiltServer: RebuiltServer;
  readonly externalEvents: readonly { readonly code: number }[];
  readonly servers: Page<Server>;
  readonly serverDetails: Page<Server>;
  readonly console: { readonly type: ConsoleType; readonly token: string };
  readonly remoteConsole: {
    readonly protocol: string;
    readonly type: ConsoleType;
    readonly token: string;
  };
  readonly consoleConnection: ConsoleGrant;
  readonly consolePage: ConsolePage;
  readonly consoleFile: PageFile;
  readonly consoleExchange: {
    /** The screen version that the viewer shows after it applies the bytes. */
    readonly shownVersion: number;
    readonly bytes: Uint8Array;
    /** Authorises the viewer's next exchanges; null after the first. */
    readonly session: string | null;
  };
  readonly screenText: Screen;
  readonly screenPicture: Uint8Array;
  /** An empty 200 or 204: the resource exists. */
  readonly exists: undefined;
  readonly tagged: { readonly server: string; readonly tag: string; readonly isNew: boolean };
  /** The new administrator password; null where it has not changed. */
  readonly evacuated: { readonly adminPass: string | null };
  readonly migrations: MigrationPage;
  readonly instanceActions: Page<InstanceAction> & { readonly server: Server };
  readonly instanceAction: { readonly server: Server; readonly action: InstanceAction };
  readonly flavor: Flavor;
  readonly flavors: Page<Flavor>;
  readonly flavorDetails: Page<Flavor>;
  readonly image: Image;
  readonly images: Page<Image>;
  readonly imageDetails: Page<Image>;
  readonly createdImage: Image;
  /** null where the image's bytes are not stored. */
  readonly imageFile: { readonly image: Image; readonly bytes: Uint8Array | null };
  /** The image that a snapshot creates. */
  readonly snapshot: { readonly image: string };
  /** The image that a backup creates; null where the rotation keeps none. */
  readonly backup: { readonly image: string; readonly isStored: boolean };
  readonly keypair: Keypair;
  readonly keypairs: Page<Keypair>;
  readonly createdKeypair: { readonly keypair: Keypair; readonly privateKey: string | null };
  readonly issuedToken: IssuedToken;
  readonly shownToken: IssuedToken;
  readonly access: IssuedToken;
  readonly tokenExists: undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Items: a full page links to the next (E-09). */
  readonly limit: number;
}

export interface MigrationPage {
  readonly items: readonly Migration[];
  /** The caller may see hosts. */
  readonly showsHosts: boolean;
  /** Id of the last item where another page follows; null otherwise. */
  readonly next: string | null;
}

/** A server with the parts stored in other items, where the version shows them. */
export interface ShownServer extends Server {
  readonly userData?: string | null;
}

export interface NamedList {
  /** The name of the list in the body. */
  readonly name: string;
  readonly items: readonly unknown[];
  /** Marker of the next page; null for the last page, or without links in this version. */
  readonly next: string | null;
}

export interface LinkedPage {
  /** A document with a link to the next page. */
  readonly body: object;
  readonly linksName: string;
  readonly next: string | null;
}

export interface CreatedServers {
  readonly first: Server;
  readonly adminPass: string;
  /** Requested security groups, which the response repeats before ports carry them (E-17). */
  readonly securityGroups: readonly string[];
  /** The client requests the reservation id alone. */
  readonly reservationOnly: boolean;
}

export interface RebuiltServer {
  readonly server: Server;
  readonly adminPass: string;
  /** Absent in versions that do not show it. */
  readonly userData?: string | null;
}

export interface IssuedToken {
  readonly token: string;
  readonly claims: Claims;
}
