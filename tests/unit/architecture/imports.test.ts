import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const zones = ['electron', 'renderer', 'server', 'shared'] as const;
type Zone = (typeof zones)[number];

type Import = { readonly file: string; readonly specifier: string };

function importsOf(zone: Zone): readonly Import[] {
  const files = readdirSync(path.join(root, zone), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, zone, file), 'utf8');
      const found = text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g);
      return [...found].map((match) => ({ file: path.join(zone, file), specifier: match[1] ?? '' }));
    });
}

/** The top-level folder an import leads to, or '' for a package. */
function target({ file, specifier }: Import): string {
  if (specifier.startsWith('@shared/')) return 'shared';
  if (!specifier.startsWith('.')) return '';
  return path.relative(root, path.resolve(root, path.dirname(file), specifier)).split(path.sep)[0] ?? '';
}

function filesOf(zone: Zone): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(path.join(root, zone), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({
      file: path.join(zone, file).split(path.sep).join('/'),
      text: readFileSync(path.join(root, zone, file), 'utf8'),
    }));
}

/** The files of the page with a statement that takes this name from the global object, however it is written. */
function filesOpening(door: string): readonly string[] {
  const global = /\b(?:window|globalThis|self)\b/;
  const named = new RegExp(`\\b${door}\\b`);
  return filesOf('renderer')
    .filter(({ text }) =>
      text
        .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
        .split(/;\s*$/m)
        .some((statement) => global.test(statement) && named.test(statement)),
    )
    .map(({ file }) => file);
}

describe('imports go one way', () => {
  it.each(zones)('%s imports only itself and shared', (zone) => {
    const imports = importsOf(zone);
    expect(imports.length).toBeGreaterThan(0);
    const strangers = imports.filter((each) => !['', zone, 'shared'].includes(target(each)));
    expect(strangers).toEqual([]);
  });

  it('shared knows no platform: no Node, no Electron, no React, no database', () => {
    const platform = importsOf('shared').filter(({ specifier }) =>
      /^(node:|electron|react|rxdb|rxjs|fastify|pg$|@electric-sql)/.test(specifier),
    );
    const strangers = platform.filter(({ file }) => !file.startsWith(path.join('shared', 'node')));
    expect(strangers).toEqual([]);
  });

  it('shared/node lends only what Node computes, and the page never takes it', () => {
    const lent = importsOf('shared').filter(({ file }) => file.startsWith(path.join('shared', 'node')));
    const builtIn = lent
      .map(({ specifier }) => specifier)
      .filter((specifier) => specifier.startsWith('node:'));
    expect([...new Set(builtIn)].sort()).toEqual(['node:crypto', 'node:zlib']);
    expect(importsOf('renderer').filter(({ specifier }) => specifier.includes('shared/node'))).toEqual([]);
  });

  it('the page reaches neither Node nor Electron', () => {
    const system = importsOf('renderer').filter(({ specifier }) => /^(node:|electron)/.test(specifier));
    expect(system).toEqual([]);
  });

  it('only the database folder of the page knows RxDB', () => {
    const rxdb = importsOf('renderer').filter(
      ({ file, specifier }) =>
        specifier.startsWith('rxdb') && !file.startsWith(path.join('renderer', 'src', 'data')),
    );
    expect(rxdb).toEqual([]);
  });

  it('each door of a preload is opened by one file of the page: platform/desktop.ts, and secret/ its own', () => {
    const preloads = filesOf('electron').filter(({ file }) => file.startsWith('electron/preload/'));
    const doors = preloads.flatMap(({ text }) =>
      [...text.matchAll(/exposeInMainWorld\(\s*'(\w+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(doors.toSorted()).toEqual(['desktop', 'secretDoor']);
    expect(filesOpening('desktop')).toEqual(['renderer/src/platform/desktop.ts']);
    expect(filesOpening('secretDoor')).toEqual(['renderer/src/secret/secret.ts']);
  });

  it('only the wrapper that checks every call touches ipcMain.handle', () => {
    const files = readdirSync(path.join(root, 'electron'), { recursive: true, encoding: 'utf8' });
    const using = files
      .filter(
        (file) =>
          file.endsWith('.ts') &&
          /ipcMain\.handle\(/.test(readFileSync(path.join(root, 'electron', file), 'utf8')),
      )
      .map((file) => file.split(path.sep).join('/'));
    expect(using).toEqual(['main/ipc/handle.ts']);
  });

  it('no rule takes time or chance from the platform', () => {
    const files = readdirSync(path.join(root, 'shared'), { recursive: true, encoding: 'utf8' });
    const guilty = files.filter(
      (file) =>
        file.endsWith('.ts') &&
        /Date\.now\(|Math\.random\(|new Date\(\)/.test(readFileSync(path.join(root, 'shared', file), 'utf8')),
    );
    expect(guilty).toEqual([]);
  });
});
