import { describeFile } from '../services/file-refs';
import type { OfficeServices } from '../services/office-services';
import type { Handle } from './handle';

/** A large pack is typeset from hundreds of pages. */
const timeoutMs = 10 * 60_000;

/** Printed matter, set by the document worker and kept in the vault. */
export function registerPrintChannels(handle: Handle, { documents, vault, intake }: OfficeServices): void {
  handle('print:make', async ({ name, job }) => {
    const papers = job.kind === 'pack' ? job.data.papers : [];
    const files = [];
    for (const { sha256 } of papers) {
      files.push({ sha256, file: (await vault.has(sha256)) ? await vault.openFileKey(sha256) : null });
    }
    const target = vault.newFile();
    try {
      const { places, problems } = await documents.run('typeset', { job, files, target }, { timeoutMs });
      const stored = await vault.adopt(target);
      return { file: await describeFile(intake, stored, name), places, problems: [...problems] };
    } catch (error) {
      await vault.discard(target);
      throw error;
    }
  });
}
