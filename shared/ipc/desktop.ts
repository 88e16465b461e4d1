import type { Result } from '../result/result';
import type { Channel, Input, Output, Payload, Topic } from './contract';

/** What the preload puts on `window.desktop`: the only door from the page to the system. */
export type Desktop = {
  invoke<C extends Channel>(channel: C, input: Input<C>): Promise<Result<Output<C>>>;
  /** Calls the listener with each payload of the topic; gives the function that ends the subscription. */
  subscribe<T extends Topic>(topic: T, listener: (payload: Payload<T>) => void): () => void;
  /** Takes files that the person dropped or chose into the vault. `files` are DOM File objects. */
  takeFiles(files: readonly unknown[]): Promise<Result<Output<'intake:take-paths'>>>;
  /** Imports a PKCS#12 file; its password is asked in a window of the main process. */
  importKey(file: unknown, owner: 'person' | 'organ'): Promise<Result<Output<'signing:import-key'>>>;
  /** Imports the picture (PNG) of a handwritten signature or of the seal. */
  importPicture(file: unknown, owner: 'person' | 'organ'): Promise<Result<Output<'signing:import-picture'>>>;
  /** Remembers a PDF for checks; it is read where it lies and never taken in. */
  chooseForCheck(file: unknown): Promise<Result<Output<'signing:choose-file'>>>;
  /** Shows a certificate of an authority before it is trusted. */
  previewAnchor(file: unknown): Promise<Result<Output<'trust:preview-anchor'>>>;
  importRevocationLists(file: unknown): Promise<Result<Output<'trust:import-revocation-lists'>>>;
};
