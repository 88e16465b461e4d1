import {
  contract,
  events,
  type Output,
  type Parsed,
  type Payload,
  privateContract,
  type Topic,
} from '@shared/ipc/contract';
import { AppError, type Result } from '@shared/result/result';
import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Log } from '../app/log';
import { isTrustedSender } from '../security/origin';
import { PAGE_USABLE } from './page-usable';

type AllChannels = typeof contract & typeof privateContract;
type AnyChannel = keyof AllChannels;
type Run<C extends AnyChannel> = (
  input: Parsed<C>,
  event: IpcMainInvokeEvent,
) => Output<C> | Promise<Output<C>>;

const allChannels: AllChannels = { ...contract, ...privateContract };

/** Registers the one handler of a channel. */
export type Handle = <C extends AnyChannel>(channel: C, run: Run<C>) => void;

/**
 * Makes the function that services register their channels with. A call is answered only to the main frame of our own
 * page and only when its input fits the contract; so is its output. An {@link AppError} becomes a failed `Result`, any
 * other error is logged and answered with INTERNAL: no exception and no stack crosses the border.
 */
export function makeHandle(log: Log): Handle {
  return (channel, run) => {
    ipcMain.handle(channel, async (event, raw: unknown): Promise<Result<unknown>> => {
      if (!isTrustedSender(event.senderFrame)) {
        log.warn('untrusted sender', { channel });
        return { ok: false, error: { code: 'FORBIDDEN' } };
      }
      return answer(channel, raw, (input) => run(input, event), log);
    });
  };
}

/** Parses, runs and parses again; exported for tests, which have no Electron. */
export async function answer<C extends AnyChannel>(
  channel: C,
  raw: unknown,
  run: (input: Parsed<C>) => Output<C> | Promise<Output<C>>,
  log: Pick<Log, 'failure'>,
): Promise<Result<Output<C>>> {
  const input = allChannels[channel].input.safeParse(raw);
  if (!input.success) {
    return {
      ok: false,
      error: { code: 'INVALID_INPUT', detail: input.error.issues[0]?.path.join('.') ?? '' },
    };
  }
  try {
    // The schema of this very channel gave the value; TypeScript cannot follow that through the index.
    const value = await run(input.data as Parsed<C>);
    return { ok: true, value: allChannels[channel].output.parse(value) as Output<C> };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.toFailure() };
    log.failure(channel, error);
    return { ok: false, error: { code: 'INTERNAL' } };
  }
}

/** Tells one window something; the payload must fit the contract. A window that is gone is passed over. */
export function emit<T extends Topic>(window: BrowserWindow, topic: T, payload: Payload<T>): void {
  if (window.isDestroyed()) return;
  window.webContents.send(topic, events[topic].parse(payload));
}

/** Tells every open window. */
export function emitToAll<T extends Topic>(topic: T, payload: Payload<T>): void {
  for (const window of BrowserWindow.getAllWindows()) emit(window, topic, payload);
}

/** Runs once, when the page of this window has said that its first screen can be used. */
export function onceUsable(window: BrowserWindow, run: () => void): void {
  const listener = (event: IpcMainEvent): void => {
    if (event.sender !== window.webContents || !isTrustedSender(event.senderFrame)) return;
    ipcMain.off(PAGE_USABLE, listener);
    run();
  };
  ipcMain.on(PAGE_USABLE, listener);
}
