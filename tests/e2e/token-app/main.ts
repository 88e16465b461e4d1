import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { app, BrowserWindow } from 'electron';
import type { WorkerProcess } from '../../../electron/main/services/job-worker';
import { startTokenProcess } from '../../../electron/main/services/token-process';
import { createTokenService, type UnlockedToken } from '../../../electron/main/services/token-service';
import { AppError } from '../../../shared/result/result';
import type { SignatureScheme, SigningHash } from '../../../shared/signing/ports';

/** What this program is asked to do; see token.spec.ts. */
export type Plan = {
  /** The built helper, in the checkout or in a package. */
  readonly entry: string;
  readonly driver: string;
  readonly hangingInList: string;
  readonly hangingInSign: string;
  readonly crashingInSign: string;
  readonly pin: string;
  readonly message: string;
  readonly signatures: readonly {
    readonly keyId: string;
    readonly hash: SigningHash;
    readonly scheme: SignatureScheme;
  }[];
};

export type Answer = {
  readonly listed: readonly { readonly keyId: string; readonly tokenLabel: string }[];
  /** Base64, in the order of the plan. */
  readonly signatures: readonly string[];
  readonly wrongPin: string;
  readonly hangingInList: string | null;
  readonly hangingInSign: string;
  readonly crashingInSign: string;
  readonly killed: string;
  /** The same key, opened and used after each of the faults. */
  readonly usableAfterwards: readonly boolean[];
  /** What the window computed after all of them. */
  readonly window: unknown;
  readonly helpersStarted: number;
  readonly helpersLeft: number;
};

const plan = JSON.parse(readFileSync(app.commandLine.getSwitchValue('plan'), 'utf8')) as Plan;
const limits = { listMs: 4_000, signMs: 4_000, idleMs: 60_000 };
const ended = new Set<number>();
let started = 0;
let youngest: WorkerProcess | undefined;

function start(driver: string): WorkerProcess {
  const number = ++started;
  const helper = startTokenProcess(plan.entry, driver);
  helper.onExit(() => ended.add(number));
  youngest = helper;
  return helper;
}

const service = createTokenService(start, async () => [], limits);
const [rsa] = plan.signatures;

async function open(driver: string, keyId: string, pin = plan.pin): Promise<UnlockedToken> {
  const { certificates, drivers } = await service.scan([driver]);
  const found = certificates.find((known) => known.keyId === keyId);
  if (found === undefined) throw new Error(`no certificate ${keyId}: ${JSON.stringify(drivers)}`);
  const { tokenSerial } = found;
  return service.unlock({ driver, tokenSerial, keyId, pin: new Uint8Array(Buffer.from(pin)) });
}

async function signed(key: UnlockedToken, { hash, scheme }: Plan['signatures'][number]): Promise<string> {
  const digest = new Uint8Array(createHash(hash).update(plan.message).digest());
  return Buffer.from(await key.sign({ digest, hash, scheme })).toString('base64');
}

async function codeOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'no error';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

async function run(): Promise<Answer> {
  if (rsa === undefined) throw new Error('the plan names no key');
  const window = new BrowserWindow({ show: false });
  await window.loadURL('about:blank');
  const usableAfterwards: boolean[] = [];
  const useAgain = async (): Promise<void> => {
    const key = await open(plan.driver, rsa.keyId);
    usableAfterwards.push((await signed(key, rsa)).length > 0);
    await key.close();
  };
  const listed = (await service.scan([plan.driver])).certificates;
  const signatures: string[] = [];
  for (const wanted of plan.signatures) {
    const key = await open(plan.driver, wanted.keyId);
    signatures.push(await signed(key, wanted));
    await key.close();
  }
  const wrongPin = await codeOf(() => open(plan.driver, rsa.keyId, 'sai-00000'));
  const hangingInList = (await service.scan([plan.hangingInList])).drivers[0]?.problem ?? null;
  await useAgain();
  const hanging = await open(plan.hangingInSign, rsa.keyId);
  const hangingInSign = await codeOf(() => signed(hanging, rsa));
  await useAgain();
  const crashing = await open(plan.crashingInSign, rsa.keyId);
  const crashingInSign = await codeOf(() => signed(crashing, rsa));
  await useAgain();
  const victim = await open(plan.driver, rsa.keyId);
  await signed(victim, rsa);
  const gone = new Promise<void>((resolve) => youngest?.onExit(() => resolve()));
  youngest?.kill();
  await gone;
  const killed = await codeOf(() => signed(victim, rsa));
  await useAgain();
  await service.close();
  return {
    listed: listed.map(({ keyId, tokenLabel }) => ({ keyId, tokenLabel })),
    signatures,
    wrongPin,
    hangingInList,
    hangingInSign,
    crashingInSign,
    killed,
    usableAfterwards,
    window: await window.webContents.executeJavaScript('6 * 7'),
    helpersStarted: started,
    helpersLeft: started - ended.size,
  };
}

app
  .whenReady()
  .then(run)
  .then((answer) => {
    writeFileSync(app.commandLine.getSwitchValue('answer'), JSON.stringify(answer));
    app.exit(0);
  })
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
    app.exit(1);
  });
