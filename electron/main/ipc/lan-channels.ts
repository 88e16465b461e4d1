import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { type LanAnswer, lanPort } from '@shared/sync/lan-numbers';
import { secretFile } from '../../identity/secret-file';
import { askNumber } from '../../network/ask-number';
import { NumberListener } from '../../network/number-listener';
import type { OfficeServices } from '../services/office-services';
import { emitToAll, type Handle } from './handle';

type Choice = { readonly on: boolean; readonly lastAddress: string };

/** A page that cannot answer by then will not answer at all: the other machine is told so. */
const answerWithinMs = 20_000;

/** Numbers over the network of the office: this machine listens where its person wants it, and asks others. */
export async function registerLanChannels(
  handle: Handle,
  { device, unitDevices, keystore, profile, log }: OfficeServices,
): Promise<() => Promise<void>> {
  const remembered = secretFile<Choice>(path.join(profile, 'keys'), 'lan', keystore);
  let choice = (await remembered.read()) ?? { on: false, lastAddress: '' };
  const keep = async (next: Partial<Choice>): Promise<void> => {
    choice = { ...choice, ...next };
    await remembered.write(choice);
  };
  const waiting = new Map<string, (answer: LanAnswer) => void>();
  const signed = unitDevices.signedByActive.bind(unitDevices);

  const listener = new NumberListener({
    device: () => device.current()?.deviceId ?? '',
    sign: (text) => device.sign(text),
    signed,
    answer: (slip) => askPage(waiting, slip),
    onDefect: (error) => log.error('number listener', { error: String(error) }),
  });
  const status = () => ({ ...choice, addresses: [...listener.addresses()] });

  handle('lan:status', status);
  handle('lan:listen', async ({ on }) => {
    if (on && device.current() === null) throw new AppError('NOT_ENROLLED');
    await (on ? listener.open(lanPort) : listener.close());
    await keep({ on });
    return status();
  });
  handle('lan:ask', async ({ address, device: holder, slip }) => {
    const answer = await askNumber({ address, device: holder }, slip, signed);
    await keep({ lastAddress: address });
    return { slip: answer };
  });
  handle('lan:answered', ({ ticket, answer }) => {
    waiting.get(ticket)?.(answer);
    return {};
  });

  // Work goes on without it; its screen says that no address is open.
  if (choice.on && device.current() !== null)
    await listener
      .open(lanPort)
      .catch((error: unknown) => log.warn('number listener', { error: String(error) }));
  return () => listener.close();
}

/** Lets the page of the person who is signed in give the number. */
function askPage(waiting: Map<string, (answer: LanAnswer) => void>, slip: string): Promise<LanAnswer> {
  const ticket = randomUUID();
  return new Promise<LanAnswer>((resolve) => {
    const timer = setTimeout(() => resolve({ code: 'LAN_NOBODY_THERE' }), answerWithinMs);
    waiting.set(ticket, (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    emitToAll('lan:asked', { ticket, slip });
  }).finally(() => waiting.delete(ticket));
}
