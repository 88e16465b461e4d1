import { AppError } from '@shared/result/result';
import { BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { openWindow } from '../app/window';
import type { Handle } from '../ipc/handle';

export type SecretQuestion = {
  readonly title: string;
  /** What the secret will be used for, in the person's language. */
  readonly purpose: string;
  /** The last answer was wrong. */
  readonly again: boolean;
};

/** Asks the person for a secret; CANCELLED when she gives none. */
export type AskSecret = (question: SecretQuestion) => Promise<string>;

type Open = {
  readonly window: BrowserWindow;
  readonly question: SecretQuestion;
  readonly answer: (secret: string | null) => void;
};

/**
 * Makes the one way to ask for passwords and PINs of keys: a window of the main process with a page and a preload of
 * its own, so that the secret never passes through the page that people work in. One question at a time.
 */
export function makeAskSecret(handle: Handle): AskSecret {
  let open: Open | null = null;
  const mine = (event: IpcMainInvokeEvent): Open => {
    if (open === null || event.sender !== open.window.webContents) throw new AppError('FORBIDDEN');
    return open;
  };
  handle('secret:question', (_input, event) => mine(event).question);
  handle('secret:answer', ({ secret }, event) => {
    mine(event).answer(secret);
    return {};
  });
  return async (question) => {
    if (open !== null) throw new AppError('CANCELLED', 'another question is open');
    const window = openQuestion(question);
    const secret = await new Promise<string | null>((resolve) => {
      window.once('closed', () => resolve(null));
      open = { window, question, answer: resolve };
    });
    open = null;
    if (!window.isDestroyed()) window.destroy();
    if (secret === null) throw new AppError('CANCELLED');
    return secret;
  };
}

function openQuestion(question: SecretQuestion): BrowserWindow {
  const parent = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  return openWindow({
    page: 'secret.html',
    preload: 'secret',
    bounds: { width: 440, height: 250 },
    options: {
      title: question.title,
      resizable: false,
      minimizable: false,
      maximizable: false,
      ...(parent === undefined ? {} : { parent, modal: true }),
    },
  });
}
