import { createHash } from 'node:crypto';
import type { IncomingForm } from '@shared/domain/incoming';
import { newBook } from '@shared/domain/numbering';
import type { Context, Stored } from '@shared/domain/plan';
import type { Person, Role } from '@shared/schema/people';
import type { FileRef } from '@shared/schema/values';

/** SHA-256 by Node, where the application uses the browser's. */
export const sha256 = async (text: string): Promise<string> =>
  createHash('sha256').update(text, 'utf8').digest('hex');

export function person(...roles: readonly Role[]): Person {
  return {
    id: 'p1',
    unit: 'huyen',
    name: 'Lê Thị Thu Hằng',
    position: 'Văn thư',
    roles: [...roles],
    active: true,
  };
}

/** A context whose ids count up, so that what a rule makes can be compared. */
export function context(...roles: readonly Role[]): Context {
  let made = 0;
  return {
    person: person(...roles),
    device: 'D1',
    now: '2026-03-02T08:00:00+07:00',
    newId: () => {
      made += 1;
      return `id${made}`;
    },
  };
}

export function book(
  kind: 'incoming' | 'outgoing',
  overrides: Partial<Stored<'books'>> = {},
): Stored<'books'> {
  return { ...newBook('huyen', kind, 2026, 'chung'), owner: 'D1', epoch: 1, rev: 1, ...overrides };
}

export const pdf: FileRef = {
  sha256: 'a'.repeat(64),
  size: 1000,
  name: 'ke-hoach.pdf',
  mime: 'application/pdf',
  kind: 'pdf',
  pages: 2,
};

export const form: IncomingForm = {
  number: '35',
  symbol: 'KH-LĐLĐ',
  date: '2026-02-27',
  issuer: 'Liên đoàn Lao động tỉnh An Bình',
  type: 'Kế hoạch',
  subject: 'Số hóa tài liệu năm 2026',
  signerName: 'Nguyễn Văn Lập',
  signerPosition: 'Chủ tịch',
  urgency: 'normal',
  pages: 2,
  paperPlace: '',
  dueDate: '',
  note: '',
  secrecy: 'none',
};
