import { packManifest } from '@shared/domain/meeting';
import { sha256 } from '@shared/node/sha256';
import { describe, expect, it } from 'vitest';
import { packState } from '../../../../renderer/src/features/meetings/pack-state';
import { file, meeting } from './meeting-rows';

const papers = [
  { id: 't1', agendaItem: 'a1', title: 'Báo cáo', file: file('1.pdf', 'a') },
  { id: 't2', agendaItem: 'a2', title: 'Kế hoạch', file: file('2.pdf', 'b') },
];

async function published() {
  const row = meeting({ papers });
  const manifest = await sha256(packManifest(row, 3));
  return { ...row, pack: { version: 3, at: '', by: 'p1', manifest, document: null } };
}

describe('đủ hay thiếu tài liệu, tính trên chính máy này', () => {
  it('đủ khi mã kiểm tra khớp và mọi tệp có trên máy', async () => {
    const state = await packState(await published(), new Set(['a'.repeat(64), 'b'.repeat(64)]), sha256);
    expect(state).toEqual({ kind: 'complete', present: 2, total: 2 });
  });

  it('thiếu khi còn một tệp chưa có trên máy', async () => {
    const state = await packState(await published(), new Set(['a'.repeat(64)]), sha256);
    expect(state).toEqual({ kind: 'missing-files', present: 1, total: 2 });
  });

  it('đã đổi khi một tài liệu bị thay sau khi phát hành, dù mọi tệp đều có', async () => {
    const row = await published();
    const changed = { ...row, papers: [papers[0]!, { ...papers[1]!, file: file('2.pdf', 'c') }] };
    const here = new Set(['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)]);
    expect((await packState(changed, here, sha256)).kind).toBe('changed');
  });

  it('chưa phát hành thì không có gì để so', async () => {
    expect((await packState(meeting({ papers }), new Set(), sha256)).kind).toBe('not-published');
  });
});
