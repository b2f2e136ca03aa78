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

/** Everything an operation can answer with. Every dialect says how those it speaks are written. */
export interface Responses {
  /** What was asked has begun. */
  readonly accepted: undefined;
  readonly deleted: undefined;
  /** It is done, and there is nothing to say. */
  readonly noContent: undefined;
  readonly deletedKeypair: undefined;
  /** Some of many, each written as it stands. */
  readonly namedList: NamedList;
  readonly linkedPage: LinkedPage;
  /** Written as it stands. */
  readonly ok: unknown;
  /** Likewise, of something that there was not before. */
  readonly created: unknown;
  /** Likewise, of what is only beginning to be. */
  readonly acceptedDocument: unknown;
  /** As the one action that was meant has it; nothing is an empty body. */
  readonly acted: { readonly status: 200 | 202 | 204; readonly body?: unknown };
  /** A document that offers alternatives instead of an answer. */
  readonly multipleChoices: unknown;
  readonly server: ShownServer;
  readonly updatedServer: ShownServer;
  readonly createdServers: CreatedServers;
  readonly rebuiltServer: RebuiltServer;
  /** With what became of each. */
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
    /** The version that the viewer shows, once it has the bytes. */
    readonly shownVersion: number;
    readonly bytes: Uint8Array;
    /** What the next exchanges are authorised by, where this is the first. */
    readonly session: string | null;
  };
  readonly screenText: Screen;
  /** A PNG. */
  readonly screenPicture: Uint8Array;
  /** That there is such a thing, and no more. */
  readonly exists: undefined;
  readonly tagged: { readonly server: string; readonly tag: string; readonly isNew: boolean };
  /** What its administrator is called by from now on; null where that has not changed. */
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
  /** The bytes, or null where none are kept. */
  readonly imageFile: { readonly image: Image; readonly bytes: Uint8Array | null };
  /** The image that a snapshot becomes. */
  readonly snapshot: { readonly image: string };
  /** Likewise of a backup, unless it is over at once: of none that is to be kept. */
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
  /** How many were asked for at most; a full page links to the next (E-09). */
  readonly limit: number;
}

export interface MigrationPage {
  readonly items: readonly Migration[];
  /** Whether their hosts may be known. */
  readonly showsHosts: boolean;
  /** As of a page. */
  readonly next: string | null;
}

/** A server with what is kept beside it, as far as it was asked for. */
export interface ShownServer extends Server {
  readonly userData?: string | null;
}

export interface NamedList {
  /** What they are called together. */
  readonly name: string;
  readonly items: readonly unknown[];
  /** The marker of the next page; null where there is none, or the version has no links to it. */
  readonly next: string | null;
}

export interface LinkedPage {
  /** Written as it stands, and a link beside it. */
  readonly body: object;
  readonly linksName: string;
  readonly next: string | null;
}

export interface CreatedServers {
  readonly first: Server;
  readonly adminPass: string;
  /** The names as asked for, which the answer echoes before any port carries them (E-17). */
  readonly securityGroups: readonly string[];
  /** Whether only the reservation was asked for. */
  readonly reservationOnly: boolean;
}

export interface RebuiltServer {
  readonly server: Server;
  readonly adminPass: string;
  /** Left out where the version does not show it. */
  readonly userData?: string | null;
}

export interface IssuedToken {
  readonly token: string;
  readonly claims: Claims;
}
