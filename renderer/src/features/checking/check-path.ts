import type { FileRef } from '@shared/schema/values';
import { address } from '../../app/router';

/** Where a checked file belongs. */
export type CheckPlace = { readonly from: 'incoming' | 'intake' | 'outgoing'; readonly id: string };

/** The checking screen without a file: one is chosen or dropped there. */
export const checkRoot = '/check';

/** Address of the checking screen for a file of a document. */
export function checkPath(file: Pick<FileRef, 'sha256'>, { from, id }: CheckPlace): string {
  return address(`${checkRoot}/${file.sha256}`, { from, id });
}

/** Where "Quay lại" leads. */
export function placePath({ from, id }: CheckPlace): string {
  return `/${from}/${encodeURIComponent(id)}`;
}

/** The place that an address names; null for none. */
export function readPlace(from: string, id: string): CheckPlace | null {
  return id !== '' && (from === 'incoming' || from === 'intake' || from === 'outgoing') ? { from, id } : null;
}
