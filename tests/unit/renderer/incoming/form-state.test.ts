import { describe, expect, test } from 'vitest';
import {
  continuedForm,
  emptyForm,
  formToSave,
  parseDraft,
  typeOfSymbol,
} from '../../../../renderer/src/features/incoming/register/form-state';

const today = '2026-11-21';
const fresh = emptyForm(today, null);

describe('form of Vào sổ văn bản đến', () => {
  test('texts are trimmed, a subject is one line, pages are a whole number', () => {
    const saved = formToSave({ ...fresh, number: ' 35 ', subject: ' Về việc\n  họp ', pages: '12' });
    expect(saved).toMatchObject({ number: '35', subject: 'Về việc họp', pages: 12 });
    expect(formToSave({ ...fresh, pages: '' }).pages).toBe(0);
    expect(saved).not.toHaveProperty('arrivalDate');
  });

  test('"Ghi & Thêm tiếp" keeps what a batch has in common and forgets the rest', () => {
    const next = continuedForm(
      {
        ...fresh,
        issuer: 'LĐLĐ tỉnh',
        type: 'Kế hoạch',
        number: '35',
        subject: 'Một',
        urgency: 'flash',
        dueDate: today,
      },
      today,
      null,
    );
    expect(next).toMatchObject({ issuer: 'LĐLĐ tỉnh', type: 'Kế hoạch' });
    expect(next).toMatchObject({ number: '', subject: '', urgency: 'normal', dueDate: '' });
  });

  test.each([
    ['KH-LĐLĐ', 'Kế hoạch'],
    ['NQ/TU', 'Nghị quyết'],
    ['QyĐ-BTV', 'Quy định'],
    ['LĐLĐ-VP', ''],
    ['', ''],
  ])('the symbol %s names the type %s', (symbol, type) => {
    expect(typeOfSymbol(symbol)).toBe(type);
  });
});

describe('what is being typed survives a crash', () => {
  test('a draft comes back as it was typed', () => {
    const typed = { ...fresh, number: '35', subject: 'Dở dang' };
    expect(parseDraft(JSON.stringify(typed), fresh)).toEqual(typed);
  });

  test('fields of another version are left out, missing ones are filled', () => {
    const draft = parseDraft(JSON.stringify({ subject: 'Cũ', gone: 'x', pages: 7 }), fresh);
    expect(draft).toEqual({ ...fresh, subject: 'Cũ' });
  });

  test.each(['', 'null', '12', '{', '{"urgency":"soon"}', '{"secrecy":"x"}'])('%s is no draft', (text) => {
    expect(parseDraft(text, fresh)).toBeNull();
  });
});
