import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { WorkerProcess } from '../../../electron/main/services/job-worker';
import type { TestPki } from '../signing/fixtures';
import { bundleForNode } from '../vault/bundle';

/** Where the systems keep SoftHSM2, a PKCS#11 library over files. */
const places = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'];
export const softHsm = places.find(existsSync) ?? '';

export const pin = 'Mã-PIN-12345';
const securityOfficerPin = '87654321';

export type SoftToken = {
  readonly label: string;
  /** Folder of all tokens; without it they are as good as pulled out. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
};

export type TokenKey = { readonly id: string; readonly keyId: string };

/** A token with the keys and certificates of these persons, and the issuing authority's certificate. */
export function makeToken(dir: string, label: string, pki: TestPki, keys: readonly TokenKey[]): SoftToken {
  const folder = join(dir, 'tokens');
  mkdirSync(folder, { recursive: true });
  const settings = join(dir, 'softhsm2.conf');
  writeFileSync(
    settings,
    `directories.tokendir = ${folder}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  const environment = { SOFTHSM2_CONF: settings };
  const env = { ...process.env, ...environment };
  const softhsm = (...args: string[]): void =>
    void execFileSync('softhsm2-util', ['--module', softHsm, ...args], { env, stdio: 'pipe' });
  softhsm('--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', securityOfficerPin);
  const writeCertificate = (id: string, keyId: string): void => {
    const der = join(dir, `${id}.der`);
    execFileSync('openssl', ['x509', '-in', join(pki.dir, `${id}.pem`), '-outform', 'DER', '-out', der]);
    const object = ['--write-object', der, '--type', 'cert', '--id', keyId, '--label', id];
    const login = ['--token-label', label, '--login', '--pin', pin];
    execFileSync('pkcs11-tool', ['--module', softHsm, ...login, ...object], { env, stdio: 'pipe' });
  };
  for (const { id, keyId } of keys) {
    const key = join(pki.dir, `${id}.key`);
    softhsm('--import', key, '--token', label, '--label', id, '--id', keyId, '--pin', pin);
    writeCertificate(id, keyId);
  }
  writeCertificate('issuing', 'ff');
  return { label, folder, environment };
}

export type Fault =
  | 'HANGS_IN_LIST'
  | 'HANGS_IN_SIGN'
  | 'CRASHES_IN_SIGN'
  | 'PULLED_OUT_IN_SIGN'
  | 'REFUSES_TO_SIGN'
  | 'LOCKS_AFTER_THREE';

/** A driver with a fault, compiled from driver.c; one that locks counts the tries in a file beside it. */
export function compileDriver(dir: string, fault: Fault): string {
  const file = join(dir, `${fault.toLowerCase()}.so`);
  const value = fault === 'LOCKS_AFTER_THREE' ? `="${join(dir, 'tries')}"` : '';
  const source = join(import.meta.dirname, 'driver.c');
  const defined = [`-D${fault}${value}`, `-DSOFTHSM="${softHsm}"`];
  execFileSync('gcc', ['-shared', '-fPIC', ...defined, '-o', file, source, '-ldl'], { stdio: 'pipe' });
  return file;
}

/** The helper's program with the compiled part beside it, laid out as in the application. */
export async function buildHelper(dir: string): Promise<string> {
  const program = await bundleForNode('electron/workers/tokens.ts', dir);
  const system = `${process.platform}-${process.arch}`;
  const compiled = `node_modules/@koromix/koffi-${system}/${system.replace('-', '_')}/koffi.node`;
  cpSync(resolve(compiled), join(dir, 'native', 'koffi.node'));
  return program;
}

export type Helpers = {
  readonly start: (driver: string) => WorkerProcess;
  /** Every helper that was started, in order. */
  readonly children: readonly ChildProcess[];
};

/** Starts helpers as Node's own child processes, over the protocol that Electron's speak. */
export function nodeHelpers(
  program: string,
  environment: Readonly<Record<string, string>>,
  switches: readonly string[] = [],
): Helpers {
  const children: ChildProcess[] = [];
  return {
    children,
    start: (driver) => {
      const child = fork(program, [driver], {
        serialization: 'advanced',
        execArgv: [...switches],
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      children.push(child);
      return {
        post: (message) => void child.send(message),
        onMessage: (listener) => void child.on('message', listener as (message: unknown) => void),
        onExit: (listener) => void child.on('exit', (code) => listener(code ?? -1)),
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}

/** Whether a process exists, also as a zombie. */
export function exists(processId: number | undefined): boolean {
  return processId !== undefined && existsSync(`/proc/${processId}`);
}
