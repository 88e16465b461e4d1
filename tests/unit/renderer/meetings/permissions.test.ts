import type { Person, Role } from '@shared/schema/people';
import { describe, expect, it } from 'vitest';
import { mayCreateMeetings, mayDo, modesFor } from '../../../../renderer/src/features/meetings/permissions';
import { file, meeting } from './meeting-rows';

const person = (unit: string, ...roles: Role[]): Person => ({
  id: 'p1',
  unit,
  name: 'Lê Thị Thu Hằng',
  position: '',
  roles,
  active: true,
});

describe('ai được làm gì với cuộc họp', () => {
  it('chỉ chủ tọa và thư ký điều hành, và chỉ khi cuộc họp ở đúng trạng thái', () => {
    const open = meeting({ state: 'open' });
    expect(mayDo('meeting.vote', open, person('ldld-ho', 'secretary'))).toBe(true);
    expect(mayDo('meeting.vote', open, person('ldld-ho', 'officer'))).toBe(false);
    expect(mayDo('meeting.vote', meeting({ state: 'published' }), person('ldld-ho', 'chair'))).toBe(false);
    expect(mayDo('meeting.attend', meeting({ state: 'published' }), person('ldld-ho', 'chair'))).toBe(true);
  });

  it('đơn vị được mời không sửa được cuộc họp của đơn vị khác, dù có vai trò', () => {
    expect(mayDo('meeting.prepare', meeting(), person('coso-a', 'chair'))).toBe(false);
    expect(mayDo('meeting.prepare', meeting(), null)).toBe(false);
  });

  it('sau khai mạc, chương trình và tài liệu không đổi được nữa', () => {
    expect(mayDo('meeting.prepare', meeting({ state: 'open' }), person('ldld-ho', 'chair'))).toBe(false);
  });

  it('đơn vị được mời xem và đọc; biên bản khi đã có tệp', () => {
    expect(modesFor(meeting(), person('coso-a', 'leader'))).toEqual(['view', 'read']);
    const closed = meeting({ state: 'closed', minutes: file('bb.pdf', 'a') });
    expect(modesFor(closed, person('coso-a', 'leader'))).toEqual(['view', 'read', 'minutes']);
  });

  it('chưa phát hành gói thì chưa có điều hành và biên bản', () => {
    expect(modesFor(meeting({ state: 'preparing' }), person('ldld-ho', 'chair'))).toEqual([
      'prepare',
      'read',
    ]);
    expect(modesFor(meeting(), person('ldld-ho', 'chair'))).toContain('run');
  });

  it('chuyên viên không tạo cuộc họp; văn thư thì được', () => {
    expect(mayCreateMeetings(person('ldld-ho', 'officer'))).toBe(false);
    expect(mayCreateMeetings(person('ldld-ho', 'clerk'))).toBe(true);
  });
});
