const [pointerEvent, keyEvent] = [5, 4];

/** Keysyms from here on are modifier keys. */
const firstModifier = 0xfe00;

/** Pointer moves and releases of ordinary keys have no effect and would cost a request each. */
export function isWorthSending(bytes: Uint8Array): boolean {
  if (bytes[0] === pointerEvent && bytes.length === 6) return false;
  if (bytes[0] !== keyEvent || bytes.length !== 8) return true;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return view.getUint8(1) !== 0 || view.getUint32(4) >= firstModifier;
}
