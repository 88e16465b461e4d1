import type { Outgoing, OutgoingState } from '@shared/schema/documents';
import type { Person, Role } from '@shared/schema/people';
import type { FileRef } from '@shared/schema/values';

export const unit = {
  id: 'huyen',
  unit: 'huyen',
  name: 'Liên đoàn Lao động huyện Yên Lạc',
  symbol: 'LĐLĐ',
  level: 'district',
  superior: 'tinh',
  place: 'Yên Lạc',
  collective: 'BAN THƯỜNG VỤ',
  sealMm: 36,
  validFrom: '2026-01-01',
  validTo: '',
} as const;

export function fileRef(letter: string, name = `${letter}.pdf`, kind: FileRef['kind'] = 'pdf'): FileRef {
  return { sha256: letter.repeat(64), size: 1000, name, mime: 'application/pdf', kind, pages: 2 };
}

export function person(id: string, roles: readonly Role[], of: string = unit.id): Person {
  return { id, unit: of, name: `Người ${id}`, position: 'Chủ tịch', roles: [...roles], active: true };
}

export function outgoingIn(state: OutgoingState, more: Partial<Outgoing> = {}): Outgoing {
  return {
    id: 'vb-1',
    unit: unit.id,
    newestFirst: 1,
    state,
    bookId: '',
    number: 0,
    symbol: 'KH-LĐLĐ',
    date: '',
    type: 'Kế hoạch',
    subject: 'Tổ chức Tháng Công nhân năm 2026',
    urgency: 'normal',
    drafter: 'cv',
    signer: 'ct',
    capacity: 'TM.',
    replyTo: '',
    receivers: ['coso-a'],
    otherReceivers: '',
    copies: 1,
    composition: null,
    body: fileRef('a'),
    annexes: [],
    places: null,
    returnReason: '',
    deliveries: {},
    issuedAt: '',
    history: {},
    ...more,
  };
}
