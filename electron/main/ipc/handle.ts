import { events, type Output, type Parsed, type Payload, type Topic } from '@shared/ipc/contract';
import type { Result } from '@shared/result/result';
import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Log } from '../app/log';
import { pageOf } from '../app/window';
import { isTrustedSender } from '../security/origin';
import { mayCall } from '../security/page-channels';
import { type AnyChannel, answer } from './answer';
import { PAGE_USABLE } from './page-usable';

type Run<C extends AnyChannel> = (
  input: Parsed<C>,
  event: IpcMainInvokeEvent,
) => Output<C> | Promise<Output<C>>;

/** Registers the one handler of a channel. */
export type Handle = <C extends AnyChannel>(channel: C, run: Run<C>) => void;

/**
 * Makes the function that services register their channels with. Only the main frame of a page of our own is answered,
 * only on the channels of its window, and only as {@link answer} says: no exception and no stack crosses the border.
 */
export function makeHandle(log: Log): Handle {
  return (channel, run) => {
    ipcMain.handle(channel, async (event, raw: unknown): Promise<Result<unknown>> => {
      if (!isTrustedSender(event.senderFrame) || !mayCall(pageOf(event.sender), channel)) {
        log.warn('untrusted sender', { channel });
        return { ok: false, error: { code: 'FORBIDDEN' } };
      }
      return answer(channel, raw, (input) => run(input, event), log);
    });
  };
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
