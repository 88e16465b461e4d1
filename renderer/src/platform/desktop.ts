import type { Channel, Input, Output, Payload, Topic } from '@shared/ipc/contract';
import type { Desktop } from '@shared/ipc/desktop';
import { AppError, unwrap } from '@shared/result/result';

// The one file that touches `window.desktop`.

/** The door itself, for the data layer. INTERNAL outside of the application. */
export function door(): Desktop {
  const { desktop } = globalThis as { desktop?: Desktop };
  if (desktop === undefined) throw new AppError('INTERNAL', 'no desktop');
  return desktop;
}

/** Asks the main process; throws the AppError of a refusal. */
export async function invoke<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> {
  return unwrap(await door().invoke(channel, input));
}

/** Listens to the main process; gives the function that ends it. */
export function subscribe<T extends Topic>(topic: T, listener: (payload: Payload<T>) => void): () => void {
  return door().subscribe(topic, listener);
}

/** Takes dropped or chosen files into the store. */
export async function takeFiles(files: readonly File[]): Promise<Output<'intake:take-paths'>> {
  return unwrap(await door().takeFiles(files));
}

/** Imports a PKCS#12 file; the main process asks its password in a window of its own. */
export async function importKey(
  file: File,
  owner: 'person' | 'organ',
): Promise<Output<'signing:import-key'>> {
  return unwrap(await door().importKey(file, owner));
}

/** Imports the picture (PNG) of a handwritten signature or of the seal. Throws PICTURE_*. */
export async function importPicture(
  file: File,
  owner: 'person' | 'organ',
): Promise<Output<'signing:import-picture'>> {
  return unwrap(await door().importPicture(file, owner));
}

/** Remembers a PDF for checks; it is read where it lies and never taken in. */
export async function chooseForCheck(file: File): Promise<Output<'signing:choose-file'>> {
  return unwrap(await door().chooseForCheck(file));
}

/** Shows a certificate of an authority before it is trusted. Throws CERT_WRONG_USAGE, FILE_BROKEN. */
export async function previewAnchor(file: File): Promise<Output<'trust:preview-anchor'>> {
  return unwrap(await door().previewAnchor(file));
}

/** Takes the revocation lists of a file. Throws FILE_BROKEN when there is none in it. */
export async function importRevocationLists(file: File): Promise<Output<'trust:import-revocation-lists'>> {
  return unwrap(await door().importRevocationLists(file));
}
