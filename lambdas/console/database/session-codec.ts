import { deflateRawSync, inflateRawSync } from "node:zlib";

/**
 * Common text of sessions: with it a full screen still costs one write unit. Immutable, because it
 * decodes stored sessions.
 */
const sessionDictionary = Buffer.from(
  [
    '"],"x":0,"y":23},"asks":"command","user":"root","line":""},"unlogged":{"boot":1795289,"at":1795289,"text":"',
    "Welcome to root's session: simulated, like all of this guest.\\nNovaless: this is a simulated guest. ",
    'No machine runs; its login takes any name.","[    0.000000] Linux version 6.1.0-simulated (novaless@',
    'novaless-1)","[    0.000000] Command line: root=/dev/vda1 ro console=tty0 console=ttyS0","[    0.000000] ',
    'DMI: OpenStack Foundation OpenStack Nova, UUID ","[    0.100000] Memory: 524288K available","[    0.200000] ',
    'smp: Brought up 1 node, 1 CPU","[    0.400000] virtio_blk virtio1: [vda] 1 GiB","[    0.600000] EXT4-fs ',
    '(vda1): mounted filesystem with ordered data mode.","[    0.900000] systemd[1]: Hostname set to <',
    'ci-info: |  eth0  | True | 10.0.0.        | global | fa:16:3e: |","-----BEGIN SSH HOST KEY FINGERPRINTS-----",',
    '"256 SHA256: (ED25519)","-----END SSH HOST KEY FINGERPRINTS-----","-----BEGIN SSH HOST KEY KEYS-----",',
    '"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI","-----END SSH HOST KEY KEYS-----","[    2.500000] cloud-init[512]: ',
    'Cloud-init (simulated) finished. Datasource OpenStack. Up 2.50 seconds","","login: root","Password:","',
    '","","","","","","","","","","","","","","","","","","","","","","","root@ttyS0 ',
    '{"guest":{"boot":1795289,"screen":{"lines":["},"shown":{"lines":["","x":14,"y":23},"since":1795289,"seats":{"',
    '":{"viewer":{"kind":"terminal","viewer":{"kind":"rfb","rfb":{"phase":"running","minor":8,"unread":"",',
    '"unwanted":0,"format":{"bits":32,"depth":24,"bigEndian":false,"max":[255,255,255],"shift":[16,8,0]},',
    '"tight":true,"xvp":true,"continuous":"on","wants":"changes","control":false,"alt":false}},',
    '"grant":{"epoch":0,"user":"","overLock":false},"taken":1,"told":"","given":1795289,"heard":1795289',
    '"guest":null,"unlogged":null}',
  ].join(""),
);

export const encodeSession = (text: string): Uint8Array =>
  deflateRawSync(text, { dictionary: sessionDictionary });

export const decodeSession = (bytes: Uint8Array): string =>
  inflateRawSync(bytes, { dictionary: sessionDictionary }).toString();
