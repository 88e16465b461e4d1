import { AppError } from '@shared/result/result';
import { BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { openWindow } from '../app/window';
import type { Handle } from '../ipc/handle';

export type SecretQuestion = {
  readonly title: string;
  /** What the secret will be used for, in the person's language. */
  readonly purpose: string;
  readonly kind: 'password' | 'pin';
  /** Names of the documents that it will be used for. */
  readonly documents: readonly string[];
  /** What the person should know before she answers. */
  readonly warnings: readonly string[];
  /** The last answer was wrong. */
  readonly again: boolean;
};

/** Asks the person for a secret, in UTF-8; who asks wipes it. CANCELLED when she gives none. */
export type AskSecret = (question: SecretQuestion) => Promise<Uint8Array>;

type Open = {
  readonly window: BrowserWindow;
  readonly question: SecretQuestion;
  readonly answer: (secret: Uint8Array | null) => void;
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
  handle('secret:question', (_input, event) => {
    const { documents, warnings, ...question } = mine(event).question;
    return { ...question, documents: [...documents], warnings: [...warnings] };
  });
  handle('secret:answer', ({ secret }, event) => {
    mine(event).answer(secret);
    return {};
  });
  return async (question) => {
    if (open !== null) throw new AppError('CANCELLED', 'another question is open');
    const window = openQuestion(question);
    const secret = await new Promise<Uint8Array | null>((resolve) => {
      window.once('closed', () => resolve(null));
      open = { window, question, answer: resolve };
    });
    open = null;
    if (!window.isDestroyed()) window.destroy();
    if (secret === null) throw new AppError('CANCELLED');
    return secret;
  };
}

/** How often a password may be tried before the act is given up. */
const tries = 3;

/**
 * Asks, tries the answer, and asks again while it is wrong (P12_BAD_PASSWORD, TOKEN_PIN_WRONG). `warnings` may differ from
 * try to try. `run` takes the secret over; it is wiped here when that fails.
 */
export async function askUntilRight<T>(
  askSecret: AskSecret,
  question: Omit<SecretQuestion, 'again'> | (() => Promise<Omit<SecretQuestion, 'again'>>),
  run: (secret: Uint8Array) => Promise<T>,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    const asked = typeof question === 'function' ? await question() : question;
    const secret = await askSecret({ ...asked, again: count > 1 });
    try {
      return await run(secret);
    } catch (error) {
      secret.fill(0);
      const wrong =
        error instanceof AppError && (error.code === 'P12_BAD_PASSWORD' || error.code === 'TOKEN_PIN_WRONG');
      if (!wrong || count >= tries) throw error;
    }
  }
}

function openQuestion(question: SecretQuestion): BrowserWindow {
  const shown = BrowserWindow.getAllWindows().find((window) => window.isVisible());
  const parent = BrowserWindow.getFocusedWindow() ?? shown;
  return openWindow({
    page: 'secret.html',
    preload: 'secret',
    bounds: { width: 440, height: heightOf(question) },
    options: {
      title: question.title,
      resizable: false,
      minimizable: false,
      maximizable: false,
      ...(parent === undefined ? {} : { parent, modal: true }),
    },
  });
}

/** Room for the list, which scrolls beyond eight lines, and for the warnings, so that nothing jumps. */
function heightOf({ documents, warnings }: SecretQuestion): number {
  return 260 + Math.min(documents.length, 8) * 22 + warnings.length * 44;
}
