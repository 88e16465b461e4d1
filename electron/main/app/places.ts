import path from 'node:path';

/** Folders of the built application; the same in the checkout (out/) and inside the package (app.asar/out/). */
export type Places = {
  readonly renderer: string;
  readonly workers: string;
  /** File of a preload by the name of its source, e.g. `index`. */
  preload(name: string): string;
};

// All modules of the main process are built into one folder, so every one of them sees the same dirname.
const out = path.join(import.meta.dirname, '..');

export const places: Places = {
  renderer: path.join(out, 'renderer'),
  workers: path.join(out, 'workers'),
  preload: (name) => path.join(out, 'preload', `${name}.cjs`),
};
