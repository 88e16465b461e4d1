import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { sampleAccess, startServer } from './embedded-server.mjs';
import { OUT, ROOT } from './paths.mjs';
import { isStopping, runCommand, startChild } from './processes.mjs';
import { say } from './progress.mjs';
import { sampleKeys } from './sample-keys.mjs';
import { setUpForWindows } from './set-up.mjs';
import { HELP, readStartOptions } from './start-options.mjs';

const PARTS = ['main', 'preload', 'workers', 'renderer', 'server'];

await runCommand(async () => {
  const options = readStartOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { runtime, switches, virtual } = await setUpForWindows({ only: PARTS });
  const server = await serverFor(options);
  if (options.server === undefined && !options.empty) await sayKeys(options.data);
  return openApplication(runtime, options, [...switches, ...serverArguments(server, options)], virtual);
});

async function serverFor(options) {
  if (options.server !== undefined) return options.server;
  if (!existsSync(path.join(OUT, 'server', 'index.js'))) {
    say('This checkout has no server/index.ts; the window opens without a provincial server.');
    return undefined;
  }
  const { url, started } = await startServer(options);
  say(
    started
      ? `Provincial server: ${url}`
      : `Provincial server: ${url} (of another start; it ends with that one)`,
  );
  return url;
}

async function sayKeys(data) {
  const { folder, password } = await sampleKeys(data);
  say(
    `Trial certificates to import under "Chữ ký của tôi": ${folder} (password: ${password}, anchor: root.pem, revocation lists: *.crl.pem)`,
  );
}

function serverArguments(url, options) {
  if (url === undefined) return [];
  const { code, pin } = options.server === undefined ? sampleAccess(options.data, options.workstation) : {};
  if (pin !== undefined) say(`PIN of everybody in the sample province: ${pin}`);
  return [`--server-url=${url}`, ...(code === undefined ? [] : [`--enrol-code=${code}`])];
}

/** Opens the window and stays until it is closed. @returns {Promise<number>} the application's exit status */
function openApplication(runtime, options, switches, virtual) {
  const profile = path.join(options.data, `workstation-${options.workstation}`);
  const picture =
    options.screenshot ?? (virtual ? path.join(options.data, `${options.workstation}.png`) : undefined);
  const args = [
    ROOT,
    ...switches,
    ...(virtual ? ['--disable-gpu'] : []),
    `--data=${profile}`,
    ...(picture === undefined ? [] : [`--screenshot=${picture}`]),
    ...(options.exitAfterReady ? ['--exit-after-ready'] : []),
  ];
  mkdirSync(options.data, { recursive: true });
  // Chromium talks a lot about desktop services that are not there; the person sees our own lines only.
  const details = path.join(options.data, `${options.workstation}.log`);
  const child = startChild(runtime.executable, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', openSync(details, 'w')],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const before = output;
    output += text;
    const news = (pattern) => (pattern.test(before) ? undefined : pattern.exec(output)?.[1]);
    const ms = news(/^READY (\d+)\n/m);
    if (ms !== undefined)
      say(
        `The window can be used (${(Number(ms) / 1000).toFixed(1)} s). Data: ${options.data}, details: ${details}`,
      );
    const file = news(/^SCREENSHOT (.+)\n/m);
    if (file !== undefined) say(`Picture of the window: ${file}`);
    if (ms !== undefined && virtual && !options.exitAfterReady) sayHowToStop();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code !== 0 && !isStopping()) {
        say(
          `${readFileSync(details, 'utf8').trim().slice(-4_000)}\nThe application ended with status ${code}.`,
        );
      }
      resolve(code ?? 1);
    });
  });
}

function sayHowToStop() {
  say(
    `There is no display here, so the window is on a virtual screen (Xvfb, DISPLAY=${process.env['DISPLAY']}).`,
  );
  say(`Stop with Ctrl+C, or with: kill ${process.pid}`);
}
