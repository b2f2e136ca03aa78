import { permalinkOf, readPins } from "./sources.ts";

/** `npm run sources -- nova/compute/api.py:5020`: the address of each pointer, one a line. */
const pointers = process.argv.slice(2);

if (pointers.length === 0) {
  console.error("Missing pointer\n\nnpm run sources -- nova/compute/api.py:5020 [pointer …]");
  process.exitCode = 1;
}

const pins = readPins();
for (const pointer of pointers)
  try {
    console.log(permalinkOf(pointer, pins));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
