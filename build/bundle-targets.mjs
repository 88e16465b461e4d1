import { existsSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { emptyCluster } from './empty-cluster.mjs';
import { ROOT } from './paths.mjs';

// Every runtime the code has to run on: Electron 33 is Chromium 130 with Node 20.
const NODE = 'node20';
const CHROME = 'chrome130';
const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];
const alias = { '@shared': path.join(ROOT, 'shared') };
const SIMULATION = path.join('tests', 'simulation', 'index.ts');
const isPackage = (id) =>
  !id.startsWith('.') && !path.isAbsolute(id) && !id.startsWith('@shared/') && !id.startsWith('\0');

/**
 * @typedef {object} Target
 * @property {string} name also the name of its folder in out/
 * @property {readonly string[]} sources folders whose content decides whether it must be built again
 * @property {(outDir: string) => readonly (import('vite').InlineConfig | Promise<import('vite').InlineConfig>)[]} configs
 * @property {readonly { from: string, to: string }[]} copies files taken as they are; `to` is inside the folder
 */

/** What can be built of the present checkout; an entry that is not there is left out. @returns {readonly Target[]} */
export function targets() {
  const all = [
    {
      name: 'main',
      sources: ['electron', 'shared'],
      entries: present('electron/main/index.ts'),
      configs: ([entry], outDir) => [application(outDir, { index: entry })],
    },
    {
      name: 'preload',
      sources: ['electron', 'shared'],
      entries: modulesIn('electron/preload'),
      configs: (entries, outDir) => entries.map((entry, index) => preload(outDir, entry, index === 0)),
    },
    {
      name: 'workers',
      sources: ['electron', 'shared'],
      entries: modulesIn('electron/workers'),
      configs: (entries, outDir) => [application(outDir, named(entries))],
      copies: [...printFonts(), ...compiledForeignCalls()],
    },
    {
      name: 'renderer',
      sources: ['renderer', 'shared'],
      entries: pagesIn('renderer'),
      configs: (entries, outDir) => [pages(outDir, entries)],
      copies: pdfReaderParts(),
    },
    server(),
    commandLine(),
    program('demo', 'tests/demo/index.ts', ['tests', 'shared', 'electron', 'server']),
    simulation(),
    bench(),
    electronSuite(),
  ];
  return all
    .filter((target) => target.entries.length > 0)
    .map(({ entries, configs, copies = [], ...rest }) => ({
      ...rest,
      copies,
      configs: (outDir) => configs(entries, outDir),
    }));
}

/** The Times-metric faces of printed matter and signatures; the document worker reads them beside itself. */
function printFonts() {
  const folder = path.join(ROOT, 'node_modules', '@expo-google-fonts', 'tinos');
  return ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map((face) => ({
    from: path.join(folder, face, `Tinos_${face}.ttf`),
    to: `fonts/Tinos_${face}.ttf`,
  }));
}

/**
 * koffi's compiled part, by which the token helper calls drivers; it cannot be bundled. Its package exists for each
 * system, and npm installs the one of this machine: the package for Windows is built on Windows.
 */
function compiledForeignCalls() {
  const system = `${process.platform}-${process.arch}`;
  const from = path.join(ROOT, 'node_modules', '@koromix', `koffi-${system}`, system.replace('-', '_'));
  return [{ from: path.join(from, 'koffi.node'), to: 'native/koffi.node' }];
}

/** A program for Node that finds its packages in node_modules: some of them carry data files and cannot be bundled. */
function program(name, entry, sources) {
  return {
    name,
    sources,
    entries: present(entry),
    configs: ([file], outDir) => [
      nodeModules(outDir, { index: file }, (id) => builtins.includes(id) || isPackage(id)),
    ],
  };
}

/** The provincial server, with the empty database that a new one begins with. */
function server() {
  const plain = program('server', 'server/index.ts', ['server', 'shared']);
  return {
    ...plain,
    configs: (entries, outDir) =>
      plain.configs(entries, outDir).map((config) => ({ ...config, plugins: [emptyCluster(outDir)] })),
  };
}

/** The commands that sign and check; their texts in PDFs need the fonts. */
function commandLine() {
  const entries = ['sign', 'check-signature', 'check-thread'].flatMap((name) =>
    present(`electron/command-line/${name}.ts`),
  );
  return {
    name: 'command-line',
    sources: ['electron', 'shared'],
    entries,
    configs: (files, outDir) => [
      nodeModules(outDir, named(files), (id) => builtins.includes(id) || isPackage(id)),
    ],
    copies: printFonts(),
  };
}

/** The simulation of client and server in memory. */
function simulation() {
  return {
    ...program('simulation', SIMULATION, ['tests/simulation', 'shared', 'server', 'renderer/src/data']),
    configs: (_entries, outDir) => [simulationBundle(outDir)],
  };
}

/** The simulation as one program; a planted bug is added as a plugin. */
export function simulationBundle(outDir) {
  const external = (id) => builtins.includes(id) || isPackage(id);
  return nodeModules(outDir, { index: path.join(ROOT, SIMULATION) }, external);
}

/** The bench: a program for Node, and an Electron application with a page that it measures in. */
function bench() {
  const folder = path.join(ROOT, 'tests', 'bench');
  const driver = ['tests/driver', 'tests/e2e/launch.ts'];
  const zones = ['shared', 'electron', 'renderer', 'server'];
  const sources = [
    'tests/bench',
    ...driver,
    'tests/integration/server',
    'tests/breaking-line.ts',
    'tests/file-machine.ts',
    ...zones,
  ];
  const node = program('bench', 'tests/bench/index.ts', sources);
  return {
    ...node,
    configs: (entries, outDir) => [
      ...node.configs(entries, outDir),
      application(path.join(outDir, 'app'), {
        main: path.join(folder, 'app', 'main.ts'),
        replication: path.join(folder, 'app', 'replication.ts'),
      }),
      preload(path.join(outDir, 'app'), path.join(folder, 'app', 'replication-preload.ts'), false),
      pages(
        path.join(outDir, 'page'),
        ['index.html', 'replication.html'].map((file) => path.join(folder, 'page', file)),
        path.join(folder, 'page'),
      ),
    ],
  };
}

/** These start programs of Node and look at what comes of it, wherever they run themselves. */
const ofNodeAlone = /-(bombs|atomicity|command-line)\b/;

/** The signing tests as programs that Electron's own processes can load; their samples are found where they are. */
function electronSuite() {
  const folder = path.join('tests', 'electron-suite');
  return {
    name: 'electron-suite',
    sources: ['tests', 'shared', 'electron'],
    entries: present(path.join(folder, 'main.ts')),
    configs: ([main], outDir) => [
      program({ main, helper: path.join(ROOT, folder, 'helper.ts') }, outDir, []),
      program(testsInside(), path.join(outDir, 'tests'), [sourcePaths()]),
    ],
  };

  function testsInside() {
    return Object.fromEntries(Object.entries(signingTests()).filter(([name]) => !ofNodeAlone.test(name)));
  }

  function program(input, outDir, plugins) {
    const external = (id) => id === 'electron' || builtins.includes(id) || isPackage(id);
    return { ...nodeModules(outDir, input, external), plugins };
  }
}

/** Every signing test by a name of its own. @returns {Record<string, string>} */
export function signingTests() {
  const folders = ['tests/unit/signing', 'tests/integration/signing'];
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => path.join(folder, file)),
  );
  const nameOf = (file) => path.relative('tests', file).replaceAll(path.sep, '-').replace(/\.ts$/, '');
  return Object.fromEntries(files.map((file) => [nameOf(file), path.join(ROOT, file)]));
}

/**
 * The signing tests with a change of the code in them, and the program that runs one of them.
 * @param {string} outDir takes `run.js` and the folder `tests`
 * @param {Record<string, string>} tests source files by name
 * @param {import('vite').Plugin} change
 */
export function mutationBundle(outDir, tests, change) {
  const external = (id) => builtins.includes(id) || isPackage(id);
  const run = path.join(ROOT, 'tests', 'mutation', 'run-tests.ts');
  return [
    nodeModules(outDir, { run }, external),
    { ...nodeModules(path.join(outDir, 'tests'), tests, external), plugins: [sourcePaths(), change] },
  ];
}

/** Keeps what a test says about its own place true when it is bundled. */
function sourcePaths() {
  return {
    name: 'source-paths',
    enforce: 'pre',
    transform: (code, id) =>
      id.startsWith(path.join(ROOT, 'tests'))
        ? code
            .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(id)))
            .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
        : null,
  };
}

/** Code of the main process: carries all its packages, since a packaged application has no node_modules. */
function application(outDir, input) {
  return {
    ...nodeModules(outDir, input, ['electron', ...builtins]),
    ssr: { noExternal: true, target: 'node' },
  };
}

function nodeModules(outDir, input, external) {
  return {
    ...base(),
    resolve: { alias, conditions: ['node'] },
    build: {
      ssr: true,
      target: NODE,
      minify: false,
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input,
        external,
        // Chunks stay beside the entry, so that import.meta.dirname is the same folder everywhere.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
}

/** A sandboxed preload is one CommonJS file: it can load nothing but `electron`. */
function preload(outDir, entry, emptyOutDir) {
  return {
    ...base(),
    resolve: { alias },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: CHROME,
      minify: false,
      outDir,
      emptyOutDir,
      rolldownOptions: {
        input: named([entry]),
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  };
}

async function pages(outDir, entries, root = path.join(ROOT, 'renderer')) {
  const { default: react } = await import('@vitejs/plugin-react');
  return {
    ...base(),
    root,
    resolve: { alias },
    plugins: [react()],
    build: {
      target: CHROME,
      outDir,
      emptyOutDir: true,
      // The page's policy allows no fonts and scripts from data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: { input: named(entries) },
    },
  };
}

const base = () => ({ configFile: false, root: ROOT, publicDir: false, logLevel: 'warn', envDir: false });

/** pdf.js fetches these while it reads: its worker, character maps, standard fonts and decoders; not its script engine. */
function pdfReaderParts() {
  const from = path.join(ROOT, 'node_modules', 'pdfjs-dist');
  const worker = 'pdf.worker.min.mjs';
  return [
    { from: path.join(from, 'legacy', 'build', worker), to: path.join('pdfjs', worker) },
    ...['cmaps', 'standard_fonts', 'iccs'].map((name) => ({
      from: path.join(from, name),
      to: path.join('pdfjs', name),
    })),
    ...['jbig2.wasm', 'openjpeg.wasm', 'qcms_bg.wasm'].map((name) => ({
      from: path.join(from, 'wasm', name),
      to: path.join('pdfjs', 'wasm', name),
    })),
  ];
}

const present = (file) => (existsSync(path.join(ROOT, file)) ? [path.join(ROOT, file)] : []);
const modulesIn = (folder) => filesIn(folder, /^(?!.*\.d\.ts$).*\.ts$/);
const pagesIn = (folder) => filesIn(folder, /\.html$/);

function filesIn(folder, pattern) {
  const full = path.join(ROOT, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => path.join(full, entry.name))
    .sort();
}

const named = (files) => Object.fromEntries(files.map((file) => [path.parse(file).name, file]));
