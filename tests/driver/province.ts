import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
/** The built demo lies in out/demo, the tests in tests/driver: both are two folders below the checkout. */
const serverEntry = path.join(root, 'out', 'server', 'index.js');

/** Names the folder of a province that was stopped after it was made: to copy it takes less time than to make another. */
export const sampleVariable = 'CONG_VAN_SAMPLE_PROVINCE';

export const samplePin = '246810';
export const keyPassword = 'matkhau';

type Enrolment = { readonly units: readonly { readonly unit: string; readonly codes: readonly string[] }[] };

/** A real provincial server with the sample province, in a folder of its own. It can be stopped and started again. */
export class Province {
  readonly folder: string;
  private server: ChildProcess | null = null;
  private port = 0;
  private usedCodes = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes a folder and starts the server in it; `folder` is kept by whoever gave it. */
  static async start(folder = mkdtempSync(path.join(tmpdir(), 'cong-van-province-'))): Promise<Province> {
    const sample = process.env[sampleVariable];
    if (sample !== undefined) cpSync(sample, folder, { recursive: true });
    mkdirSync(path.join(folder, 'server'), { recursive: true });
    const province = new Province(folder);
    await province.startServer();
    return province;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get running(): boolean {
    return this.server !== null;
  }

  /** Starts the server again on the port it had. */
  async startServer(): Promise<void> {
    const args = [
      serverEntry,
      '--port',
      String(this.port),
      '--data',
      path.join(this.folder, 'server'),
      '--sample',
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const url = await listening(child);
    this.port = Number(new URL(url).port);
    this.server = child;
  }

  /** Ends the server by its process id and waits until it is gone. */
  async stopServer(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.server;
    if (child === null) return;
    this.server = null;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  /** Stops everything and removes the folder. */
  async end(): Promise<void> {
    await this.stopServer();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** An unused one-time code for a unit. */
  enrolmentCode(unit: string): string {
    const text = readFileSync(path.join(this.folder, 'server', 'enrolment.json'), 'utf8');
    const { units } = JSON.parse(text) as Enrolment;
    const codes = units.find((known) => known.unit === unit)?.codes ?? [];
    const code = codes[this.usedCodes % Math.max(codes.length, 1)];
    if (code === undefined) throw new Error(`no enrolment code for ${unit}`);
    this.usedCodes += 1;
    return code;
  }

  /** Trial certificates of the sample province: folder with `<id>.p12` and root.pem. */
  certificates(): string {
    const data = path.join(this.folder, 'keys');
    mkdirSync(data, { recursive: true });
    const script = `import { sampleKeys } from ${JSON.stringify(path.join(root, 'build', 'sample-keys.mjs'))};
      process.stdout.write((await sampleKeys(${JSON.stringify(data)})).folder);`;
    return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-20_000);
      const url = /LISTENING (\S+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}\n${output}`)));
  });
}
