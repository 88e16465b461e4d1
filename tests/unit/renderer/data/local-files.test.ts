import type { Desktop } from '@shared/ipc/desktop';
import type { FileRef } from '@shared/schema/values';
import { describe, expect, it } from 'vitest';
import { LocalFiles } from '../../../../renderer/src/data/local-files';
import type { Asked, Told } from '../../../../renderer/src/data/sync-channel';

const sha = (letter: string): string => letter.repeat(64);
const ref = (letter: string): FileRef => ({
  sha256: sha(letter),
  size: 1,
  name: `${letter}.pdf`,
  mime: 'application/pdf',
  kind: 'pdf',
  pages: 1,
});

/** A window over a vault that holds `inVault`, rows that name `named`, and removed items with the files `removed`. */
function aWindow(parts: { inVault?: string[]; named?: string[]; removed?: string[]; locked?: string[] }) {
  const vault = new Set((parts.inVault ?? []).map(sha));
  const questions: string[][] = [];
  const sent: Asked[] = [];
  let hear: (told: Told) => void = () => undefined;
  const invoke = ((channel: string, { sha256 }: { sha256: string | string[] }) => {
    if (channel === 'files:present') {
      const asked = [sha256].flat();
      questions.push(asked);
      return Promise.resolve({
        ok: true,
        value: { present: asked.filter((each) => vault.has(each)) },
      });
    }
    if ((parts.locked ?? []).map(sha).includes(String(sha256)))
      return Promise.resolve({ ok: false, error: { code: 'IO' } });
    vault.delete(String(sha256));
    return Promise.resolve({ ok: true, value: {} });
  }) as unknown as Desktop['invoke'];
  const files = new LocalFiles({
    desktop: { invoke },
    store: { removedFiles: () => Promise.resolve((parts.removed ?? []).map(sha)) },
    channel: {
      send: (message) => sent.push(message),
      listen: (listener) => {
        hear = listener;
      },
      close: () => undefined,
    },
    isNamed: (each) => Promise.resolve((parts.named ?? []).map(sha).includes(each)),
  });
  return { files, vault, questions, sent, tell: (told: Told) => hear(told) };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('files as a window sees them that does not move them', () => {
  it('what is asked for in one breath is one question, and what is known is not asked again', async () => {
    const { files, questions } = aWindow({ inVault: ['a'] });
    files.ask([sha('a'), sha('b')]);
    files.ask([sha('b'), sha('c')]);
    await settled();
    expect(questions).toEqual([[sha('a'), sha('b'), sha('c')]]);
    expect([sha('a'), sha('b')].map((each) => files.known.value.get(each))).toEqual([true, false]);
    files.ask([sha('a')]);
    await settled();
    expect(questions).toHaveLength(1);
  });

  it('a file that the sync window has fetched is here; one that nobody asked for is not kept in mind', async () => {
    const { files, tell } = aWindow({});
    files.ask([sha('a')]);
    await settled();
    tell({ kind: 'arrived', sha256: [sha('a'), sha('b')] });
    expect([...files.known.value]).toEqual([[sha('a'), true]]);
  });

  it('bytes of an abandoned form go, unless a row names them; the sync window learns what is gone', async () => {
    const { files, vault, sent } = aWindow({ inVault: ['a', 'b'], named: ['b'] });
    files.keepLoose([ref('a'), ref('b')]);
    await files.dropLoose([ref('a'), ref('b')]);
    expect([...vault]).toEqual([sha('b')]);
    expect(sent).toEqual([{ kind: 'look', purged: [sha('a')] }]);
    expect(files.known.value.get(sha('a'))).toBe(false);
  });

  it('bytes of a removed item go at once; those that cannot go have their reason until they can', async () => {
    const { files, vault } = aWindow({ inVault: ['a', 'b'], removed: ['a', 'b'], locked: ['b'] });
    await files.refresh();
    expect([...vault]).toEqual([sha('b')]);
    expect([...files.problems]).toEqual([[sha('b'), 'IO']]);
  });
});
