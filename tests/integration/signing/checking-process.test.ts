import { execFileSync, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptReportSchema } from '@shared/ipc/signature-report';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { secretFile } from '../../../electron/identity/secret-file';
import {
  createJobWorker,
  type JobWorker,
  type WorkerProcess,
} from '../../../electron/main/services/job-worker';
import { openKeystore } from '../../../electron/main/services/keystore';
import { RevocationData } from '../../../electron/main/services/revocation-data';
import { SignatureChecks } from '../../../electron/main/services/signature-checks';
import { Tickets } from '../../../electron/main/services/tickets';
import { TrustAnchors } from '../../../electron/main/services/trust-anchors';
import { openVault, type Vault } from '../../../electron/vault/vault';
import type { CheckJobs } from '../../../electron/workers/checks/jobs';
import { bundleForNode } from '../vault/bundle';
import {
  type LawOrder,
  makeDraft,
  makePki,
  makeWorkDir,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';
import { startServicedPki } from './services/services';

let dir: string;
let program: string;
let pki: TestPki;
let order: LawOrder;
let profile: string;
let vault: Vault;
let checker: JobWorker<CheckJobs>;
let anchors: TrustAnchors;
let lists: RevocationData;
let chosen: Tickets<string>;
let checks: SignatureChecks;
const at = '2026-11-21T10:00:00+07:00';

/** The real process over Node's own channel; `badly` names files that crash or hang it. */
function start(badly: string): WorkerProcess {
  const child = fork(program, [], {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=512'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, TRIAL_FILES: badly },
  });
  return {
    post: (message) => void child.send(message),
    onMessage: (listener) => void child.on('message', listener as (message: unknown) => void),
    onExit: (listener) => void child.on('exit', (code) => listener(code ?? -1)),
    kill: () => void child.kill('SIGKILL'),
  };
}

async function open(badly = ''): Promise<void> {
  const keystore = await openKeystore({
    dir: join(profile, 'keys'),
    system: {
      isEncryptionAvailable: () => false,
      encryptString: () => Buffer.alloc(0),
      decryptString: () => '',
    },
    platform: 'linux',
    hasProtectedData: async () => false,
  });
  const keys = join(profile, 'keys');
  vault = await openVault({ dir: join(profile, 'vault'), masterKey: keystore.masterKey() });
  checker = createJobWorker<CheckJobs>(() => start(badly));
  anchors = new TrustAnchors(secretFile(keys, 'trust-anchors', keystore));
  lists = new RevocationData(secretFile(keys, 'revocation-data', keystore));
  chosen = new Tickets();
  const clock = () => signingTime + 120_000;
  checks = new SignatureChecks({
    vault,
    checker,
    trustAnchors: anchors,
    revocationData: lists,
    chosen,
    clock,
  });
}

beforeAll(async () => {
  dir = makeWorkDir();
  program = await bundleForNode('tests/integration/signing/trial-checker.ts', join(dir, 'program'));
  pki = await makePki(join(dir, 'pki'));
  const draft = await makeDraft(join(dir, 'draft.pdf'));
  order = await signByTheOrderOfTheLaw(
    draft,
    signerOf(pki, 'nguyen-thi-thuy-duong'),
    signerOf(pki, 'ldld-huyen'),
  );
}, 120_000);
afterAll(() => removeWorkDir(dir));
beforeEach(async () => {
  profile = makeWorkDir();
  await open();
});
afterEach(async () => {
  await checker.close();
  removeWorkDir(profile);
});

const rootFile = () => new Uint8Array(readFileSync(pki.root));
const listFile = (id: 'root' | 'issuing') => new Uint8Array(readFileSync(join(dir, 'pki', `${id}.crl.pem`)));
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function trustEverything(): Promise<void> {
  await anchors.add(rootFile(), 'huyen-vt', at);
  for (const id of ['root', 'issuing'] as const)
    await lists.addLists(await checks.readListFile(listFile(id)), 'file', at);
}

const verdictOf = async (file: string, name = 'van ban.pdf') => {
  const { sha256 } = await vault.put(file);
  return checks.check({ source: { sha256 }, name, online: false, keep: false });
};

/** Resolves with the verdicts of so many files, as the page is told them. */
function told(count: number): Promise<ReadonlyMap<string, { verdict: string; reason: string }>> {
  const heard = new Map<string, { verdict: string; reason: string }>();
  return new Promise((resolve) => {
    checks.onVerdict(({ sha256, verdict, reason }) => {
      heard.set(sha256, { verdict, reason });
      if (heard.size === count) resolve(heard);
    });
  });
}

describe('what a check rests on', () => {
  it('nothing is trusted by default: a correct signature lacks grounds', async () => {
    expect((await verdictOf(order.final)).report.verdict).toBe('indeterminate');
  });

  it('with root and revocation lists it is valid, and loses that when either is taken away', async () => {
    await trustEverything();
    const { report } = await verdictOf(order.final);
    expect(report.verdict).toBe('valid');
    expect(report.signatures.map(({ revision, revisions }) => `${revision}/${revisions}`)).toEqual([
      '1/2',
      '2/2',
    ]);
    const [list] = await lists.list();
    await lists.removeList(list?.id ?? '');
    expect((await verdictOf(order.final)).report.verdict).toBe('indeterminate');
    const [anchor] = await anchors.list();
    await anchors.remove(anchor?.fingerprint ?? '');
    expect((await verdictOf(order.final)).report.signatures[0]?.problems).toContain('CERT_NOT_TRUSTED');
  });

  it('a preview trusts nothing, and says who trusted what and when afterwards', async () => {
    const { anchor, known } = await anchors.preview(rootFile());
    const shown = execFileSync('openssl', ['x509', '-in', pki.root, '-noout', '-fingerprint', '-sha256'], {
      encoding: 'utf8',
    });
    expect(shown.trim().endsWith(anchor.fingerprint)).toBe(true);
    expect(known).toBe(false);
    expect(await anchors.list()).toEqual([]);
    expect(await anchors.add(rootFile(), 'huyen-vt', at)).toMatchObject({ addedBy: 'huyen-vt', addedAt: at });
    expect((await anchors.preview(rootFile())).known).toBe(true);
  });

  it('a certificate that is no authority is refused before anyone is asked to trust it', async () => {
    const own = signerOf(pki, 'ldld-huyen').certificate;
    await expect(anchors.preview(own)).rejects.toMatchObject({ code: 'CERT_WRONG_USAGE' });
    await expect(anchors.preview(new Uint8Array([1, 2]))).rejects.toMatchObject({ code: 'FILE_BROKEN' });
  });

  it('a newer list takes the place of an older one of the same authority, and never the other way round', async () => {
    const [older] = await checks.readListFile(listFile('issuing'));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const args = ['ca', '-config', 'openssl.cnf', '-name', 'issuing', '-gencrl', '-out', 'newer.pem'];
    execFileSync('openssl', args, { cwd: join(dir, 'pki'), stdio: 'ignore' });
    const [newer] = await checks.readListFile(new Uint8Array(readFileSync(join(dir, 'pki', 'newer.pem'))));
    if (older === undefined || newer === undefined) throw new Error('two lists expected');
    await lists.addLists([older], 'file', at);
    expect(await lists.addLists([newer], 'file', at)).toMatchObject({ older: 0 });
    expect((await lists.list()).map(({ id }) => id)).toEqual([newer.id]);
    expect(await lists.addLists([older], 'online', at)).toEqual({ added: [], older: 1 });
    expect((await lists.list()).map(({ id }) => id)).toEqual([newer.id]);
  });

  it('a file without a revocation list is said to be broken', async () => {
    await expect(checks.readListFile(rootFile())).rejects.toMatchObject({ code: 'FILE_BROKEN' });
    const cut = listFile('root').subarray(0, 200);
    await expect(checks.readListFile(cut)).rejects.toMatchObject({ code: 'FILE_BROKEN' });
  });
});

describe('the kept report', () => {
  it('holds the report, and the certificates and lists with which the check can be repeated', async () => {
    await trustEverything();
    const { sha256 } = await vault.put(order.final);
    const { report, kept } = await checks.check({
      source: { sha256 },
      name: 'a.pdf',
      online: false,
      keep: true,
    });
    const parts: Buffer[] = [];
    for await (const part of vault.read(kept?.sha256 ?? '')) parts.push(part);
    const stored = keptReportSchema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
    expect(stored).toMatchObject({ format: 'cong-van.signature-check', version: 1, ...report });
    expect(stored.file.sha256).toBe(sha256Of(readFileSync(order.final)));
    expect(stored.evidence.certificates.length).toBeGreaterThanOrEqual(2);
    expect(stored.evidence.crls.length).toBeGreaterThanOrEqual(1);
  });
});

describe('a file outside of the office', () => {
  it('is checked where it lies, and gives back what was signed, without coming in', async () => {
    const ticket = chosen.give(order.final);
    const { report } = await checks.check({ source: { ticket }, name: 'a.pdf', online: false, keep: false });
    expect(report.signatures).toHaveLength(2);
    expect(await vault.has(report.file.sha256)).toBe(false);
    const target = vault.newFile();
    await checks.extract({ ticket }, 'cv.person', target);
    const { sha256 } = await vault.adopt(target);
    expect(sha256).toBe(sha256Of(readFileSync(order.stages[2] ?? '')));
    expect(() => chosen.find('made up')).toThrow();
  });
});

describe('asking on the network', () => {
  it('happens only on request, settles what was open, and is remembered for checks without network', async () => {
    const folder = join(profile, 'serviced');
    const { pki: own, services } = await startServicedPki(folder);
    try {
      const draft = await makeDraft(join(profile, 'draft.pdf'));
      const signed = await signByTheOrderOfTheLaw(
        draft,
        signerOf(own, 'nguyen-thi-thuy-duong'),
        signerOf(own, 'ldld-huyen'),
      );
      await anchors.add(new Uint8Array(readFileSync(own.root)), 'huyen-vt', at);
      const { sha256 } = await vault.put(signed.final);
      const request = { source: { sha256 }, name: 'a.pdf', keep: false } as const;
      expect((await checks.check({ ...request, online: false })).report.verdict).toBe('indeterminate');
      expect(services.requests).toEqual([]);
      expect((await checks.check({ ...request, online: true })).report.verdict).toBe('valid');
      expect(services.requests.length).toBeGreaterThan(0);
      const asked = services.requests.length;
      const { report } = await checks.check({ ...request, online: false });
      expect(report.verdict).toBe('valid');
      expect(services.requests.length).toBe(asked);
      expect(report.signatures[0]?.revocation.every(({ issuedAt }) => issuedAt !== '')).toBe(true);
    } finally {
      await services.stop();
    }
  }, 60_000);

  it('keeps nothing of an authority that is not trusted', async () => {
    const folder = join(profile, 'stranger');
    const { pki: own, services } = await startServicedPki(folder);
    try {
      const draft = await makeDraft(join(profile, 'draft.pdf'));
      const signed = await signByTheOrderOfTheLaw(
        draft,
        signerOf(own, 'nguyen-thi-thuy-duong'),
        signerOf(own, 'ldld-huyen'),
      );
      const ticket = chosen.give(signed.final);
      await checks.check({ source: { ticket }, name: 'a.pdf', online: true, keep: false });
      expect(await lists.list()).toEqual([]);
      expect((await lists.evidence()).ocsps).toEqual([]);
    } finally {
      await services.stop();
    }
  }, 60_000);
});

describe('files that come in', () => {
  it('are judged in the background, and again after what is trusted has changed', async () => {
    const { sha256 } = await vault.put(order.final);
    const first = told(1);
    expect(checks.verdicts([sha256])).toEqual([]);
    expect((await first).get(sha256)?.verdict).toBe('indeterminate');
    expect(checks.verdicts([sha256])).toEqual([{ sha256, verdict: 'indeterminate', reason: '' }]);
    await trustEverything();
    checks.forget();
    const second = told(1);
    checks.verdicts([sha256]);
    expect((await second).get(sha256)?.verdict).toBe('valid');
  });

  it('one that crashes or hangs the process is not checked, stays as it is, and holds up no other', async () => {
    const files = ['crash', 'hang', 'good'].map((how) => {
      const file = join(profile, `${how}.pdf`);
      writeFileSync(file, Buffer.concat([readFileSync(order.final), Buffer.from(`%${how}\n`)]));
      return { how, file, sha256: sha256Of(readFileSync(file)) };
    });
    await checker.close();
    await open(files.map(({ how, sha256 }) => `${sha256}=${how}`).join(' '));
    for (const { file } of files) await vault.put(file);
    const all = told(3);
    for (const { sha256 } of files) checks.expect(sha256);
    const heard = await all;
    expect(files.map(({ sha256 }) => heard.get(sha256)?.reason)).toEqual(['WORKER_CRASHED', 'TIMEOUT', '']);
    expect(files.map(({ sha256 }) => heard.get(sha256)?.verdict)).toEqual([
      'unchecked',
      'unchecked',
      'invalid',
    ]);
    for (const { file, sha256 } of files) {
      const parts: Buffer[] = [];
      for await (const part of vault.read(sha256)) parts.push(part);
      expect(Buffer.concat(parts).equals(readFileSync(file))).toBe(true);
    }
  }, 30_000);

  it('a file that is not on this machine is not checked, and no error', async () => {
    const sha256 = 'a'.repeat(64);
    const one = told(1);
    checks.expect(sha256);
    expect((await one).get(sha256)).toEqual({ verdict: 'unchecked', reason: 'FILE_NOT_FOUND' });
  });
});
