import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { BrowserWindow, dialog } from 'electron';
import type { TransferProgress } from '../../network/moving';
import { toSaveError } from '../../vault/file-errors';
import { toFileRef } from '../services/file-refs';
import type { OfficeServices } from '../services/office-services';
import { emitToAll, type Handle } from './handle';

/** Progress is told at most this often per file, so that a quick line does not flood the page. */
const progressEveryMs = 200;

/** Files by content: which are here, moving them, and copies the person asks for. */
export function registerFileChannels(handle: Handle, services: OfficeServices): void {
  const { vault, intake, fileExchange, backup } = services;
  const progress = throttledProgress(services.clock);

  handle('intake:take-paths', async ({ paths }) => {
    const files = [];
    for (const path of paths) {
      const taken = await intake.takeFile(path);
      files.push({ file: toFileRef(taken), problem: taken.problem ?? ('' as const) });
    }
    return { files };
  });
  handle('files:present', async ({ sha256 }) => {
    const present = [];
    for (const sha of sha256) if (await vault.has(sha)) present.push(sha);
    return { present };
  });
  handle('files:upload', async ({ sha256 }) => {
    for (const sha of sha256) await fileExchange.upload(sha, progress);
    return { uploaded: sha256 };
  });
  handle('files:download', async ({ sha256 }) => {
    for (const sha of sha256) await fileExchange.download(sha, progress);
    return { present: sha256 };
  });
  handle('files:have', async ({ sha256 }) => ({ missing: [...(await fileExchange.missing(sha256))] }));
  handle('files:cancel', ({ sha256 }) => {
    fileExchange.cancel(sha256);
    return Promise.resolve({});
  });
  handle('files:free', async ({ sha256 }) => ({ freed: [...(await fileExchange.freeUp(sha256))] }));
  handle('files:purge', async ({ sha256 }) => {
    await fileExchange.forget(sha256);
    await backup.noteRemoved(sha256);
    await vault.remove(sha256);
    return {};
  });
  handle('files:save-copy', async ({ sha256, name }) => {
    const target = await askWhere(name);
    if (target === null) return { saved: false };
    await writeWhole(target, (part) => pipeline(vault.read(sha256), createWriteStream(part)));
    return { saved: true };
  });
  handle('files:save-text', async ({ text, name }) => {
    const target = await askWhere(name);
    if (target === null) return { saved: false };
    await writeWhole(target, (part) => writeFile(part, text, 'utf8'));
    return { saved: true };
  });
}

async function askWhere(name: string): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow();
  const options = { defaultPath: name };
  const { canceled, filePath } =
    parent === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(parent, options);
  return canceled || filePath === '' ? null : filePath;
}

/** Writes beside the target and renames: a copy is there whole or not at all. */
async function writeWhole(target: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${target}.part`;
  try {
    await write(part);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw toSaveError(error);
  }
}

function throttledProgress(clock: () => number): TransferProgress {
  const last = new Map<string, number>();
  return (progress) => {
    const now = clock();
    const finished = progress.done >= progress.total;
    if (!finished && now - (last.get(progress.sha256) ?? 0) < progressEveryMs) return;
    if (finished) last.delete(progress.sha256);
    else last.set(progress.sha256, now);
    emitToAll('files:progress', progress);
  };
}
