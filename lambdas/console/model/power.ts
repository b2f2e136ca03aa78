export type Power = "shutdown" | "reboot" | "reset";
