import { describe, expect, test } from 'vitest';
import {
  continuedForm,
  dropDraft,
  emptyForm,
  formToSave,
  keepDraft,
  readDraft,
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

describe('what is being typed is kept while the application runs', () => {
  test('it comes back as it was typed, until it is dropped', () => {
    const typed = { ...fresh, number: '35', subject: 'Dở dang' };
    keepDraft('a', typed);
    expect(readDraft('a')).toEqual(typed);
    expect(readDraft('b')).toBeNull();
    dropDraft('a');
    expect(readDraft('a')).toBeNull();
  });

  test('choosing Mật forgets what was typed before', () => {
    keepDraft('a', { ...fresh, subject: 'Dở dang' });
    keepDraft('a', { ...fresh, subject: 'Dở dang', secrecy: 'confidential' });
    expect(readDraft('a')).toBeNull();
  });
});
