import { sameWork } from '@shared/domain/removal';
import type { Operation } from '@shared/sync/operation';
import { sameJson } from '@shared/sync/patch';

/** The same piece of work, also where it was given another number or tells no more of a removed secret. */
export function sameTask(known: Operation, acknowledged: Operation): boolean {
  if (known.actor !== acknowledged.actor || known.at !== acknowledged.at) return false;
  const { op, n } = acknowledged;
  const numbered = { ...known, op, n };
  return (
    sameJson(numbered, acknowledged) || sameWork(acknowledged, numbered) || sameWork(numbered, acknowledged)
  );
}
