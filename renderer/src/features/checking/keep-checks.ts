import type { FileRef } from '@shared/schema/values';
import { invoke } from '../../platform/desktop';
import { useKeepReport } from './keep-report';

/**
 * Checks the files of a document that has just been registered and keeps the reports beside it, as the law asks of who
 * receives signed documents (TT 15/2025). A file that nobody signed needs no report.
 */
export function useKeepChecks(): (documentId: string, files: readonly FileRef[]) => Promise<void> {
  const { keep } = useKeepReport();
  return async (documentId, files) => {
    for (const { sha256, name } of files.filter(({ kind }) => kind === 'pdf')) {
      const request = { source: { sha256 }, name, online: false } as const;
      const { report } = await invoke('signing:check', { ...request, keep: false });
      if (report.verdict === 'unsigned') continue;
      await keep(documentId, await invoke('signing:check', { ...request, keep: true }));
    }
  };
}
