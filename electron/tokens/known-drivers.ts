import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** A driver on this machine: its PKCS#11 library and whose tokens it is for. */
export type KnownDriver = { readonly path: string; readonly name: string };

/**
 * File names of PKCS#11 libraries by maker, without `.dll`, in small letters. Gathered from public sources of
 * Vietnamese signing programs and of token makers; NOT verified on the tokens themselves. A library that is missing
 * here is chosen by the person as a file; please add it then.
 */
const windowsLibraries: Readonly<Record<string, readonly string[]>> = {
  'VNPT-CA': [
    ...numbered('vnptca_p11_v', 6, 10),
    'vnpt-ca_csp11',
    'vnpt-ca_v34',
    'vnpt-ca_cl_v1',
    'vdctdcsp11',
  ],
  'Viettel-CA': ['viettel-ca', ...numbered('viettel-ca_v', 1, 6)],
  BkavCA: ['bkavca', 'bkavcaetoken', 'bkavcaetoken_p11', 'bkavcav2s', 'bkavcav2t'],
  'FPT-CA': ['fpt-ca', 'fpt-ca-stx', ...numbered('fptca_v', 3, 6)],
  'NewTel-CA': ['newtel-ca', ...numbered('nca_v', 4, 9), 'nca_eps2k2a', 'nca_eps2k3a'],
  'Nacencomm (CA2)': ['ca2_csp11', 'ca2_v34', 'ca2_ace_csp11', 'ca2csp11_v2'],
  'Safe-CA': ['safe-ca', 'safe-ca_v2'],
  'Vina-CA': ['vina-ca', ...numbered('vina-cav', 2, 10)],
  CKCA: ['ckca'],
  'I-CA': ['ica_csp11_v1'],
  'NC-CA': ['ncca_csp11_v1'],
  // The tokens of Ban Cơ yếu Chính phủ are SafeNet's and bit4id's among others.
  'SafeNet eToken': ['etpkcs11', 'etoken', 'idprimepkcs1164', 'idprimepkcs11'],
  'Feitian ePass': ['eps2003csp11', 'eps2003csp11v2', 'shuttlecsp11_3003', 'ngp11v211'],
  bit4id: ['bit4ipki', 'bit4xpki', 'bit4opki'],
  'SecureToken ST3': ['st3csp11', ...numbered('ostt', 1, 3, '_csp11'), 'ostc1_csp11', 'ostc2_csp11'],
  'WatchData PROXKey': ['signaturep11', 'wdpkcs', 'wdsafe3'],
  Gemalto: ['gclib'],
  OpenSC: ['opensc-pkcs11'],
};

const linuxLibraries: Readonly<Record<string, string>> = {
  'libeTPKCS11.so': 'SafeNet eToken',
  'libeToken.so': 'SafeNet eToken',
  'libIDPrimePKCS11.so': 'SafeNet eToken',
  'libeps2003csp11.so': 'Feitian ePass',
  'libcastle.so.1.0.0': 'Feitian ePass',
  'libcastle_v2.so.1.0.0': 'Feitian ePass',
  'libshuttle_p11v220.so.1.0.0': 'Feitian ePass',
  'libbit4ipki.so': 'bit4id',
  'libbit4xpki.so': 'bit4id',
  'libwdpkcs.so': 'WatchData PROXKey',
  'opensc-pkcs11.so': 'OpenSC',
};

const linuxFolders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib', '/usr/local/lib', '/lib'];

/** Makers install one or two folders below Program Files; whole trees of other programs are not searched. */
const programFilesDepth = 3;
const maxFolders = 3_000;

/** The known drivers that are installed; each file once. Folders that cannot be read have none. */
export async function installedDrivers(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly KnownDriver[]> {
  if (platform === 'win32') return windowsDrivers(environment);
  if (platform !== 'linux') return [];
  const found = await Promise.all(
    Object.entries(linuxLibraries).map(async ([file, name]) => {
      const paths = linuxFolders.map((folder) => path.join(folder, file));
      const existing = await Promise.all(paths.map(isFile));
      const first = paths.find((_, index) => existing[index]);
      return first === undefined ? [] : [{ path: first, name }];
    }),
  );
  return found.flat();
}

async function windowsDrivers(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly KnownDriver[]> {
  const windows = environment['SystemRoot'] ?? 'C:\\Windows';
  const places = [
    await librariesIn(path.join(windows, 'System32'), 1),
    await librariesIn(environment['ProgramFiles'], programFilesDepth),
    await librariesIn(environment['ProgramFiles(x86)'], programFilesDepth),
    // 32-bit libraries: they are named, with their problem, only where there is no other.
    await librariesIn(path.join(windows, 'SysWOW64'), 1),
  ];
  const byName = new Map<string, KnownDriver>();
  for (const { file, driver } of places.flat()) if (!byName.has(file)) byName.set(file, driver);
  return [...byName.values()];
}

type NamedLibrary = { readonly file: string; readonly driver: KnownDriver };

async function librariesIn(root: string | undefined, depth: number): Promise<readonly NamedLibrary[]> {
  if (root === undefined) return [];
  const found: NamedLibrary[] = [];
  let level = [root];
  let seen = 0;
  for (let at = 0; at < depth && level.length > 0; at++) {
    const next: string[] = [];
    for (const folder of level) {
      if (seen++ >= maxFolders) return found;
      for (const entry of await entriesOf(folder)) {
        const file = entry.name.toLowerCase();
        const name = makerOf(file);
        if (entry.isDirectory()) next.push(path.join(folder, entry.name));
        else if (name !== null) found.push({ file, driver: { path: path.join(folder, entry.name), name } });
      }
    }
    level = next;
  }
  return found;
}

function makerOf(file: string): string | null {
  if (!file.endsWith('.dll')) return null;
  const base = file.slice(0, -'.dll'.length);
  return Object.entries(windowsLibraries).find(([, names]) => names.includes(base))?.[0] ?? null;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    // Folders of other people and of the system may not be read; drivers are not kept there.
    return [];
  }
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function numbered(prefix: string, first: number, last: number, suffix = ''): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${prefix}${first + index}${suffix}`);
}
