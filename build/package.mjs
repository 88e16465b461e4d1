import path from 'node:path';
import process from 'node:process';
import { bundle } from './bundle.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ROOT } from './paths.mjs';
import { run, runCommand } from './processes.mjs';
import { say, step } from './progress.mjs';
import { findRuntime, runtimeLine } from './runtime.mjs';

const PARTS = ['main', 'preload', 'workers', 'renderer'];

/**
 * Builds release/<platform>-unpacked from the Electron at hand; further arguments go to electron-builder, e.g.
 * `npm run package -- --linux deb` where it can fetch its tools.
 */
await runCommand(async () => {
  await ensureDependencies();
  const runtime = await findRuntime();
  say(runtimeLine(runtime));
  if (runtime.origin === 'registry')
    say('This Electron is for development and tests: do not hand the result to users.');
  await bundle({ only: PARTS });
  const more = process.argv.slice(2);
  const args = [
    path.join(ROOT, 'node_modules', 'electron-builder', 'cli.js'),
    ...(more.some((argument) => /^(-[lwm]|--(linux|win|mac|dir))/.test(argument)) ? [] : ['--dir']),
    '--publish=never',
    '--config=electron-builder.yml',
    `--config.electronDist=${runtime.directory}`,
    `--config.electronVersion=${runtime.version}`,
    ...more,
  ];
  await step('package', () => run(process.execPath, args, { cwd: ROOT }));
  say('Built into release/.');
});
