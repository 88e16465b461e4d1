import { join, resolve } from 'node:path';
import { build } from 'vite';

/**
 * Bundles one TypeScript entry (path from the project root) into a module that plain Node runs, so that tests
 * can start and kill it as a process of its own. Gives the path of the module, in `outDir`.
 */
export async function bundleForNode(entry: string, outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': resolve('shared') } },
    ssr: { noExternal: true },
    build: {
      ssr: resolve(entry),
      outDir,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { format: 'es', entryFileNames: 'entry.mjs' } },
    },
  });
  return join(outDir, 'entry.mjs');
}
