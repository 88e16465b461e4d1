import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installedDrivers } from '../../../electron/tokens/known-drivers';

let dir: string;
let environment: Readonly<Record<string, string>>;

function put(...file: readonly string[]): string {
  const full = join(dir, ...file);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '');
  return full;
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'cv-drivers-'));
  environment = {
    SystemRoot: join(dir, 'Windows'),
    ProgramFiles: join(dir, 'Program Files'),
    'ProgramFiles(x86)': join(dir, 'Program Files (x86)'),
  };
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('drivers that are installed', () => {
  test('Windows: by file name, in the folders where makers put them, each file once', async () => {
    const viettel = put('Windows', 'System32', 'viettel-ca_v6.dll');
    const safeNet = put('Windows', 'System32', 'eTPKCS11.dll');
    // 32-bit copies: of use only where there is no other.
    put('Windows', 'SysWOW64', 'eTPKCS11.dll');
    const fpt = put('Windows', 'SysWOW64', 'fptca_v4.dll');
    const openSc = put('Program Files', 'OpenSC Project', 'OpenSC', 'opensc-pkcs11.dll');
    const vnpt = put('Program Files (x86)', 'VNPT-CA', 'VNPTCA_P11_V8.DLL');
    put('Windows', 'System32', 'kernel32.dll');
    put('Windows', 'System32', 'viettel-ca_v6.txt');
    put('Program Files', 'a', 'b', 'c', 'deep', 'bkavca.dll');
    expect(await installedDrivers('win32', environment)).toEqual([
      { path: safeNet, name: 'SafeNet eToken' },
      { path: viettel, name: 'Viettel-CA' },
      { path: openSc, name: 'OpenSC' },
      { path: vnpt, name: 'VNPT-CA' },
      { path: fpt, name: 'FPT-CA' },
    ]);
  });

  test('Windows: a folder that is missing hides nothing else', async () => {
    const without = { ...environment, ProgramFiles: join(dir, 'missing') };
    const names = (await installedDrivers('win32', without)).map(({ name }) => name);
    expect(names).toEqual(['SafeNet eToken', 'Viettel-CA', 'VNPT-CA', 'FPT-CA']);
  });

  test('Linux: OpenSC, which the tests install', async () => {
    expect((await installedDrivers('linux', {})).map(({ name }) => name)).toContain('OpenSC');
  });
});
