import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** Whether the folder with the public GSMA test material stands beside the checkout. */
export const hasShared = existsSync(root);

/** Path of a file or folder of the public GSMA test material. */
export const sharedPath = (...parts: string[]): string => [root.replace(/\/$/, ''), ...parts].join('/');
