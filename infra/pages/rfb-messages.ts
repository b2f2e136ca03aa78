const [pointerEvent, keyEvent] = [5, 4];

/** The keysyms from here on are of keys that others are held with. */
const firstModifier = 0xfe00;

/** Where the pointer is nobody asks, nor when an ordinary key comes up: a request each, for nothing. */
export function isWorthSending(bytes: Uint8Array): boolean {
  if (bytes[0] === pointerEvent && bytes.length === 6) return false;
  if (bytes[0] !== keyEvent || bytes.length !== 8) return true;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return view.getUint8(1) !== 0 || view.getUint32(4) >= firstModifier;
}
