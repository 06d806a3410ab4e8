import { fileURLToPath } from 'node:url';

/** The folder that package.json is in, wherever the program was started. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));
