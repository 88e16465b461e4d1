import type { CheckSource } from '@shared/ipc/check-contract';
import type { FileRef } from '@shared/schema/values';
import { useRow } from '../../data';
import type { CheckPlace } from './check-path';

/** What is being checked. */
export type Subject = {
  readonly source: CheckSource;
  readonly name: string;
  /** The file in the vault; null for one outside of it. */
  readonly file: FileRef | null;
  readonly place: CheckPlace | null;
};

/** A file outside of the vault that the person chose here. */
export type ChosenFile = { readonly ticket: string; readonly name: string };

/** The file that an address names, in its document; undefined while that is being read, null when there is none. */
export function useSubject(sha256: string, place: CheckPlace | null): Subject | null | undefined {
  const idOf = (from: CheckPlace['from']): string => (place?.from === from ? place.id : '-');
  const incoming = useRow('incoming', idOf('incoming'));
  const outgoing = useRow('outgoing', idOf('outgoing'));
  const intake = useRow('intake', idOf('intake'));
  if (place === null || sha256 === '') return null;
  const row = { incoming, outgoing, intake }[place.from];
  if (row === undefined) return undefined;
  const file = filesOf(incoming, outgoing, intake).find((candidate) => candidate.sha256 === sha256);
  if (file === undefined) return null;
  return { source: { sha256 }, name: file.name, file, place };
}

type Rows = {
  readonly incoming: { readonly files: readonly FileRef[] } | null | undefined;
  readonly outgoing:
    | { readonly body: FileRef | null; readonly annexes: readonly FileRef[] }
    | null
    | undefined;
  readonly intake: { readonly file: FileRef | null } | null | undefined;
};

function filesOf(
  incoming: Rows['incoming'],
  outgoing: Rows['outgoing'],
  intake: Rows['intake'],
): readonly FileRef[] {
  const named = [outgoing?.body, intake?.file].flatMap((file) => file ?? []);
  return [...(incoming?.files ?? []), ...named, ...(outgoing?.annexes ?? [])];
}
