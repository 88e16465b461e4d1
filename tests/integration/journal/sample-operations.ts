import { addToIntake } from '@shared/domain/intake';
import type { Operation } from '@shared/sync/operation';
import { context, pdf } from '../../unit/domain/sample-rows';

/** Work of one device: each operation puts another scan into the intake box. */
export function sampleOperation(n: number, name = `quét ${n}.pdf`): Operation {
  const file = { ...pdf, name };
  const { command, changes } = addToIntake(context('clerk'), {
    id: `scan-${n}`,
    file,
    source: 'folder',
    problem: '',
  });
  return {
    op: `D1:${n}`,
    n,
    command,
    actor: 'p1',
    at: '2026-03-02T08:00:00+07:00',
    changes: [...changes],
  };
}
