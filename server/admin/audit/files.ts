import { type ContentStore, hashFile } from '../../files/content-store';

export type RecordedFile = { readonly sha: string; readonly size: number };

/** A file that is not in the store as it was recorded. */
export type FileFault = { readonly sha: string; readonly fault: string };

/** Looks for every recorded file; with `deep` reads each and compares its SHA-256. */
export async function fileFaults(
  store: ContentStore,
  files: readonly RecordedFile[],
  deep: boolean,
): Promise<readonly FileFault[]> {
  const faults: FileFault[] = [];
  for (const file of files) {
    const fault = await faultOf(store, file, deep);
    if (fault !== null) faults.push({ sha: file.sha, fault });
  }
  return faults;
}

async function faultOf(
  store: ContentStore,
  { sha, size }: RecordedFile,
  deep: boolean,
): Promise<string | null> {
  const present = await store.sizeOf(sha);
  if (present === null) return 'missing';
  if (present !== size) return `${present} bytes, not ${size}`;
  if (!deep) return null;
  return (await hashFile(store.pathOf(sha))).sha256 === sha ? null : 'damaged';
}
