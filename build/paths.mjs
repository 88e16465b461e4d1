import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** The checkout. */
export const ROOT = path.resolve(import.meta.dirname, '..');

/** What is built goes here. */
export const OUT = path.join(ROOT, 'out');

/** Downloads that outlive a checkout. */
export const CACHE = path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'cong-van');

/** True when the module is the program that Node was started with. */
export const isMain = (moduleUrl) =>
  process.argv[1] !== undefined && moduleUrl === `file://${path.resolve(process.argv[1])}`;
