import type { Role } from '@shared/schema/people';
import { describe, expect, it } from 'vitest';
import {
  actionsOf,
  type KeepingAction,
} from '../../../../renderer/src/features/books/keeping/keeping-actions';
import { book, person } from '../../domain/sample-rows';

const offered = (more: Parameters<typeof book>[1], ...roles: readonly Role[]): readonly KeepingAction[] =>
  actionsOf(book('outgoing', more), 'D1', person(...roles), '2026-12-20');

describe('việc làm được với một sổ', () => {
  it('văn thư ở máy giữ sổ bàn giao, trả, hủy số, khóa; không nhận lại sổ của chính mình', () => {
    expect(offered({}, 'clerk')).toEqual(['hand-over', 'give-back', 'answer', 'void', 'edit', 'close']);
  });

  it('sổ chưa ai giữ thì nhận; sổ máy khác giữ thì nhận bàn giao hoặc lấy về khi máy đó mất', () => {
    expect(offered({ owner: '' }, 'clerk')).toEqual(['take', 'void', 'edit', 'take-over']);
    expect(offered({ owner: 'D2' }, 'clerk')).toEqual(['void', 'edit', 'take-over', 'break-glass']);
  });

  it('còn số khuyết thì không mời khóa sổ; sổ đã khóa thì không mời gì', () => {
    expect(offered({ unexplained: [3] }, 'clerk')).not.toContain('close');
    expect(offered({ closed: { at: '', by: 'p1' } }, 'clerk')).toEqual([]);
  });

  it('giữa năm không mời khóa sổ: sổ đã khóa không mở lại được', () => {
    const inMarch = actionsOf(book('outgoing'), 'D1', person('clerk'), '2026-03-02');
    expect(inMarch).not.toContain('close');
  });

  it('người khác không được mời; quản trị chỉ sửa loạt số', () => {
    expect(offered({}, 'officer')).toEqual([]);
    expect(offered({}, 'admin')).toEqual(['edit']);
  });
});
