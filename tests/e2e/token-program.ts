import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { compileDriver, makeToken, pin, softHsm } from '../integration/tokens/fixtures';
import { electronExecutable } from './launch';
import type { Answer, Plan } from './token-app/main';

const root = path.resolve(import.meta.dirname, '../..');
const people = { rsa: 'nguyen-thi-thuy-duong', ec: 'pham-ky-ec' } as const;
export const keys = [
  { id: people.rsa, keyId: 'a1', hash: 'sha256', scheme: 'rsa-pkcs1' },
  { id: people.rsa, keyId: 'a1', hash: 'sha384', scheme: 'rsa-pss' },
  { id: people.ec, keyId: 'b2', hash: 'sha256', scheme: 'ecdsa' },
] as const;
const message = 'Quyết định số 12/QĐ-LĐLĐ';
export const tokenLabel = 'Token thử nghiệm';

/**
 * Runs the token service in Electron's main process against a token in files, with the helper that was built into
 * `entry`, through every fault a driver can have. Gives what it saw.
 */
export async function runTokenProgram(work: string, entry: string): Promise<Answer> {
  const pki = await makePki(path.join(work, 'pki'));
  const token = makeToken(work, tokenLabel, pki, [
    { id: people.rsa, keyId: 'a1' },
    { id: people.ec, keyId: 'b2' },
  ]);
  const plan: Plan = {
    entry,
    driver: softHsm,
    hangingInList: compileDriver(work, 'HANGS_IN_LIST'),
    hangingInSign: compileDriver(work, 'HANGS_IN_SIGN'),
    crashingInSign: compileDriver(work, 'CRASHES_IN_SIGN'),
    pin,
    message,
    signatures: keys.map(({ keyId, hash, scheme }) => ({ keyId, hash, scheme })),
  };
  const files = { plan: path.join(work, 'plan.json'), answer: path.join(work, 'answer.json') };
  writeFileSync(files.plan, JSON.stringify(plan));
  const switches = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const args = [
    await buildProgram(path.join(work, 'program')),
    `--plan=${files.plan}`,
    `--answer=${files.answer}`,
  ];
  await promisify(execFile)(electronExecutable(), [...args, ...switches, `--user-data-dir=${work}/profile`], {
    env: { ...process.env, ...token.environment },
    timeout: 110_000,
    killSignal: 'SIGKILL',
  });
  return JSON.parse(readFileSync(files.answer, 'utf8')) as Answer;
}

/** What OpenSSL says about each signature of an answer, by the certificates in `work`. */
export function opensslVerdicts(work: string, { signatures }: Answer): readonly string[] {
  return keys.map(({ id, hash, scheme }, index) => {
    const file = (name: string): string => path.join(work, name);
    writeFileSync(file('message'), message);
    writeFileSync(file('signature'), Buffer.from(signatures[index] ?? '', 'base64'));
    const certificate = path.join(work, 'pki', `${id}.pem`);
    writeFileSync(file('public'), execFileSync('openssl', ['x509', '-in', certificate, '-noout', '-pubkey']));
    const pss = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'];
    const how = [`-${hash}`, ...(scheme === 'rsa-pss' ? pss : []), '-verify', file('public')];
    return execFileSync('openssl', ['dgst', ...how, '-signature', file('signature'), file('message')], {
      encoding: 'utf8',
    }).trim();
  });
}

async function makePki(dir: string) {
  const script = JSON.stringify(path.join(root, 'build', 'test-pki.mjs'));
  const code = `import(${script}).then((pki) => pki.makeTestPki(${JSON.stringify(dir)})).then((made) => console.log(JSON.stringify(made)))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  return { dir, ...JSON.parse(stdout) };
}

const manifest = { name: 'token-program', version: '1.0.0', type: 'module', main: 'main.js' };

async function buildProgram(outDir: string): Promise<string> {
  mkdirSync(outDir);
  writeFileSync(path.join(outDir, 'package.json'), JSON.stringify(manifest));
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': path.join(root, 'shared') } },
    ssr: { noExternal: true },
    build: {
      ssr: path.join(root, 'tests', 'e2e', 'token-app', 'main.ts'),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { external: ['electron', /^node:/], output: { entryFileNames: 'main.js' } },
    },
  });
  return outDir;
}
