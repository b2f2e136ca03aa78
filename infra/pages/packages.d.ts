declare module "*.css" {}

/** The parts of noVNC that the page uses; the package has no types (its docs/API.md). */
declare module "@novnc/novnc" {
  export interface Channel {
    binaryType: string;
    readonly protocol: string;
    readonly readyState: string;
    onopen: (() => void) | null;
    onmessage: ((message: { readonly data: ArrayBuffer }) => void) | null;
    onclose: ((closed: { readonly code: number }) => void) | null;
    onerror: (() => void) | null;
    send(bytes: Uint8Array): void;
    close(): void;
  }

  export default class RFB extends EventTarget {
    constructor(target: Element, channel: WebSocket | Channel);
    readonly capabilities: { readonly power: boolean };
    scaleViewport: boolean;
    background: string;
    disconnect(): void;
    focus(): void;
    sendKey(keysym: number, code: string | null, down?: boolean): void;
    sendCtrlAltDel(): void;
    machineShutdown(): void;
    machineReboot(): void;
    machineReset(): void;
    addEventListener(
      type: "connect" | "disconnect" | "capabilities",
      listener: (event: CustomEvent) => void,
    ): void;
  }
}
