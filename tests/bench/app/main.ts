import path from 'node:path';
import { app, BrowserWindow, session } from 'electron';
import { registerAppScheme, serveApp } from '../../../electron/main/app/serve-app';
import { APP_ORIGIN } from '../../../electron/main/security/origin';
import type { BenchPage } from '../page/page';
import type { Row } from '../rounds';
import { measureRegister } from './register';
import { runStep, say } from './report';
import { measureVault } from './vault';

const option = (name: string): string => app.commandLine.getSwitchValue(name);
const folder = option('data');
const documents = Number(option('documents'));
const rounds = Number(option('rounds'));
const out = path.join(import.meta.dirname, '..', '..');

const pulled = 10_000;
const registerEntries = 3_000;

app.setPath('userData', path.join(folder, 'profile'));
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();
app.on('window-all-closed', () => undefined);
app
  .whenReady()
  .then(measure)
  .then(() => app.exit(0))
  .catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    app.exit(1);
  });

async function measure(): Promise<void> {
  const { electron, chrome, node } = process.versions;
  say({ kind: 'runtime', line: `Electron ${electron} (Chromium ${chrome}, Node ${node})` });
  await runStep('vault', () => measureVault(path.join(folder, 'files'), 2 * rounds));
  await runStep('register', () =>
    measureRegister(
      folder,
      path.join(out, 'workers', 'documents.js'),
      registerEntries,
      Math.ceil(rounds / 3),
    ),
  );
  await measurePage();
}

/** The page runs as the product's pages do: own scheme, own policy, sandboxed, no Node. */
async function measurePage(): Promise<void> {
  serveApp(session.defaultSession, { rendererRoot: path.join(out, 'bench', 'page') });
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  });
  await window.loadURL(`${APP_ORIGIN}/index.html`);
  const ask = <Name extends keyof BenchPage>(
    name: Name,
    ...counts: Parameters<BenchPage[Name]>
  ): Promise<readonly Row[]> =>
    window.webContents.executeJavaScript(
      `benchPage.then((page) => page.${name}(${counts.join(', ')}))`,
    ) as Promise<readonly Row[]>;
  await runStep('pull', () => ask('pull', pulled));
  await runStep('filling up', () => ask('fill', pulled, documents));
  await runStep('newest', () => ask('newest', documents, 5 * rounds));
  await runStep('live update', () => ask('liveUpdate', documents, 2 * rounds));
  await runStep('inserts', () => ask('inserts', documents, 2 * rounds));
  await runStep('registration', () => ask('registration', documents, rounds));
  window.destroy();
}
