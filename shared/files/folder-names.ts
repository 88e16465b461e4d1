/** Where the watched folder keeps what was taken in; people see it in their file manager. */
export const takenFolderName = 'Đã nhận';

const unfinishedEndings = ['.part', '.tmp', '.temp', '.partial', '.crdownload', '.download', '.filepart'];
const systemNames = new Set(['thumbs.db', 'desktop.ini', '.ds_store']);

/** Whether a name belongs to a copy in progress, an editor's lock file or the system, not to a document. */
export function isPassingFile(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    lower.startsWith('.') ||
    lower.startsWith('~') ||
    systemNames.has(lower) ||
    unfinishedEndings.some((ending) => lower.endsWith(ending))
  );
}

/** Gives the n-th alternative of a taken name: `tờ trình.pdf` → `tờ trình (2).pdf`. */
export function numberedName(name: string, n: number): string {
  if (n < 2) return name;
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? `${name} (${n})` : `${name.slice(0, dot)} (${n})${name.slice(dot)}`;
}
