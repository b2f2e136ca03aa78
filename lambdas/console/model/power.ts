/** What a button or a command may ask for. */
export type Power = "shutdown" | "reboot" | "reset";
