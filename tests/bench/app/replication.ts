import path from 'node:path';
import { endpoints, pullResponseSchema, pushResponseSchema } from '@shared/sync/protocol';
import { app, BrowserWindow, ipcMain, session } from 'electron';
import type { z } from 'zod';
import { Device, type DeviceRecord } from '../../../electron/identity/device';
import type { SecretFile } from '../../../electron/identity/secret-file';
import { registerAppScheme, serveApp } from '../../../electron/main/app/serve-app';
import { APP_ORIGIN } from '../../../electron/main/security/origin';
import { ServerClient } from '../../../electron/network/server-client';
import type { PeerAnswer, PeerRequest } from '../page/post';
import type { Contest, Measured } from '../page/replication';
import { messagePrefix } from './report';

/** One contender in a profile of its own: `--contender=NAME --url=… --code=… --documents=N --data=FOLDER`. */
const option = (name: string): string => app.commandLine.getSwitchValue(name);
const contest: Contest = {
  contender: option('contender') as Contest['contender'],
  url: option('url'),
  documents: Number(option('documents')),
  device: '',
};
const out = path.join(import.meta.dirname, '..', '..');
const sampleEveryMs = 200;

app.setPath('userData', option('data'));
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();
app.on('window-all-closed', () => undefined);
app
  .whenReady()
  .then(measure)
  .then(() => app.exit(0))
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    app.exit(1);
  });

async function measure(): Promise<void> {
  const client = await enrolledClient();
  const parsers: Readonly<Record<string, z.ZodType>> = {
    [endpoints.pull]: pullResponseSchema,
    [endpoints.push]: pushResponseSchema,
  };
  ipcMain.handle('bench:ours', (_event, address: string, body: unknown) => {
    const schema = parsers[address];
    if (client === null || schema === undefined) throw new Error(address);
    return client.client.post(address, body, schema);
  });
  ipcMain.handle('bench:peer', (_event, request: PeerRequest) => forward(request));
  serveApp(session.defaultSession, { rendererRoot: path.join(out, 'bench', 'page') });
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      preload: path.join(import.meta.dirname, 'replication-preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  });
  window.webContents.on('console-message', (_event, _level, text) => process.stderr.write(`${text}\n`));
  await window.loadURL(`${APP_ORIGIN}/replication.html`);
  const memory = watchMemory(window);
  const asked = { ...contest, device: client?.device ?? '' };
  const measured = (await window.webContents.executeJavaScript(
    `benchReplication(${JSON.stringify(asked)})`,
  )) as Measured;
  process.stdout.write(`${messagePrefix}${JSON.stringify({ ...measured, megabytes: memory.stop() })}\n`);
}

/** The product's client of the server; null for the peers, which need none. */
async function enrolledClient(): Promise<{ readonly client: ServerClient; readonly device: string } | null> {
  const code = option('code');
  if (code === '') return null;
  let kept: DeviceRecord | null = null;
  const file: SecretFile<DeviceRecord> = {
    read: () => Promise.resolve(kept),
    write: async (value) => {
      kept = value;
    },
  };
  const device = await Device.open(file);
  const client = new ServerClient(device, () => Date.now());
  await device.enrol(contest.url, 'bench', (publicKey) =>
    client.enrol(contest.url, { code, name: 'bench', publicKey }),
  );
  return { client, device: device.current()?.deviceId ?? '' };
}

async function forward({ url, method, headers, body }: PeerRequest): Promise<PeerAnswer> {
  const response = await fetch(url, { method, headers, body });
  const text = await response.text();
  const kept = [...response.headers].filter(([name]) => name === 'content-type' || name === 'location');
  return { status: response.status, headers: Object.fromEntries(kept), body: text };
}

/** The largest working set of the page's process while it was watched. */
function watchMemory(window: BrowserWindow): { stop(): number } {
  const pid = window.webContents.getOSProcessId();
  let most = 0;
  const look = (): void => {
    const found = app.getAppMetrics().find((metric) => metric.pid === pid);
    most = Math.max(most, (found?.memory.workingSetSize ?? 0) / 1024);
  };
  const timer = setInterval(look, sampleEveryMs);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return most;
    },
  };
}
