import { describe, expect, test } from 'vitest';
import { findSignaturePlaces, type PageText, type TextItem } from '../../../shared/signing/index';

const size = { w: 595, h: 842 };
const search = { title: 'CHỦ TỊCH', name: 'Nguyễn Thị Thuỳ Dương', sealDiameter: 36 };

function item(str: string, x: number, y: number, width: number): TextItem {
  return { str, x, y, width, height: 13 };
}

function onePage(items: readonly TextItem[]): readonly PageText[] {
  return [{ page: 0, size, items }];
}

function find(...items: readonly TextItem[]): ReturnType<typeof findSignaturePlaces> {
  return findSignaturePlaces(onePage(items), search);
}

describe('Phụ lục I, ô số 3: chỗ trống sau "Số:"', () => {
  test('between two runs of text', () => {
    const { numberField } = find(item('Số:', 100, 750, 18), item('/KH-LĐLĐ', 160, 750, 60));
    expect(numberField).toMatchObject({ page: 0, x: 119, w: 40 });
  });

  test('inside one run, as Word writes it', () => {
    const { numberField } = find(item('Số:              /KH-LĐLĐ', 100, 750, 130));
    expect(numberField).toMatchObject({ page: 0 });
    if (!numberField || numberField === 'printed') throw new Error('blank expected');
    expect(numberField.x).toBeGreaterThan(110);
    expect(numberField.x + numberField.w).toBeLessThan(180);
    expect(numberField.w).toBeGreaterThan(25);
  });

  test('of dots or underscores', () => {
    expect(find(item('Số: ............/QĐ-LĐLĐ', 100, 750, 130)).numberField).toMatchObject({ page: 0 });
    expect(find(item('Số:……………', 100, 750, 90)).numberField).toMatchObject({ page: 0 });
  });

  test('at the end of the line', () => {
    expect(find(item('Số:', 100, 750, 18)).numberField).toMatchObject({ x: 119, w: 58 });
  });

  test('number printed already, no room, and no such words', () => {
    expect(find(item('Số: 12/KH-LĐLĐ', 100, 750, 100)).numberField).toBe('printed');
    expect(find(item('Số:', 100, 750, 18), item('/KH', 122, 750, 20)).numberField).toBeNull();
    expect(find(item('Dân số: đông', 100, 750, 80)).numberField).toBeNull();
    expect(find().numberField).toBeNull();
  });
});

describe('Phụ lục I, ô số 4: ngày, tháng, năm', () => {
  test('blanks for day and month, year printed', () => {
    const { dateField } = find(item('Krông Búk, ngày        tháng        năm 2026', 300, 750, 230));
    if (!dateField || dateField === 'printed') throw new Error('blanks expected');
    expect(dateField.year).toBeNull();
    expect(dateField.day.x).toBeLessThan(dateField.month.x);
    expect(dateField.day.w).toBeGreaterThan(9);
  });

  test('blank year', () => {
    const { dateField } = find(item('ngày ...... tháng ...... năm ........', 300, 750, 200));
    expect(dateField).toMatchObject({ year: { page: 0, w: 32 } });
  });

  test('date printed already', () => {
    expect(find(item('Krông Búk, ngày 21 tháng 11 năm 2026', 300, 750, 220)).dateField).toBe('printed');
  });

  test('a day or a month that stands there alone leaves no place, nor do words without room', () => {
    const dateOf = (text: string, width: number) => find(item(text, 300, 750, width)).dateField;
    expect(dateOf('ngày 21 tháng        năm 2026', 230)).toBeNull();
    expect(dateOf('ngày        tháng 11 năm 2026', 230)).toBeNull();
    expect(dateOf('ngày tháng        năm 2026', 230)).toBeNull();
    expect(dateOf('ngày        tháng năm 2026', 230)).toBeNull();
  });

  test('a legal basis with a whole date does not hide the blanks above it', () => {
    const { dateField } = find(
      item('ngày        tháng        năm 2026', 300, 750, 200),
      item('Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020', 90, 600, 400),
    );
    expect(dateField).toMatchObject({ day: { page: 0 } });
  });
});

describe('Phụ lục I, ô số 7: giữa chức vụ và họ tên', () => {
  const name = item('Nguyễn Thị Thuỳ Dương', 366, 220, 128);

  test('picture centred in the gap, seal over its left third', () => {
    const { personSignature, organSignature } = find(item('CHỦ TỊCH', 400, 320, 60), name);
    if (!personSignature || !organSignature) throw new Error('places expected');
    expect(personSignature.x + personSignature.w / 2).toBeCloseTo(430);
    expect(personSignature.y).toBeGreaterThan(220 + 12);
    expect(personSignature.y + personSignature.h).toBeLessThan(320);
    expect(organSignature.x + organSignature.w).toBeCloseTo(personSignature.x + personSignature.w / 3);
    expect(organSignature.w).toBeCloseTo(102.05, 1);
  });

  test('two columns on one line do not mix', () => {
    const { personSignature } = find(
      item('Nơi nhận:', 80, 320, 60),
      item(' ', 140, 320, 260),
      item('CHỦ TỊCH', 400, 320, 60),
      name,
    );
    expect(personSignature?.x).toBeGreaterThan(300);
  });

  test('a title in the other column, or below the name, is not the title of this name', () => {
    expect(find(item('CHỦ TỊCH', 60, 320, 60), name).personSignature).toBeNull();
    const title = item('CHỦ TỊCH', 400, 320, 60);
    const alone = find(title, name).personSignature;
    expect(find(title, name, item('CHỦ TỊCH', 400, 120, 60)).personSignature).toEqual(alone);
  });

  test('what stands between title and name is no title', () => {
    const between = item('(đã duyệt)', 400, 250, 60);
    const alone = find(item('CHỦ TỊCH', 400, 320, 60), name).personSignature;
    expect(find(item('CHỦ TỊCH', 400, 320, 60), between, name).personSignature).toEqual(alone);
  });

  test('wide letters are no gap', () => {
    const wide = item('CHỦ TỊCH', 330, 320, 200);
    expect(find(wide, name).personSignature).not.toBeNull();
  });

  test('without a title or a name there is nothing to look for', () => {
    const pages = onePage([item('CHỦ TỊCH', 400, 320, 60), name]);
    expect(findSignaturePlaces(pages, { ...search, title: ' ' }).personSignature).toBeNull();
    expect(findSignaturePlaces(pages, { ...search, name: ' ' }).personSignature).toBeNull();
  });

  test('name written in decomposed letters, title with authority before it', () => {
    const { personSignature } = find(
      item('KT. CHỦ TỊCH', 390, 320, 80),
      item('Nguyễn Thị Thuỳ Dương'.normalize('NFD'), 366, 220, 128),
    );
    expect(personSignature).not.toBeNull();
  });

  test('the last such place counts, on the last page', () => {
    const items = [item('CHỦ TỊCH', 400, 320, 60), name];
    const pages = [0, 1].map((page) => ({ page, size, items }));
    expect(findSignaturePlaces(pages, search).personSignature?.page).toBe(1);
  });

  test('no room, no title, no name', () => {
    expect(find(item('CHỦ TỊCH', 400, 245, 60), name).personSignature).toBeNull();
    expect(find(name).personSignature).toBeNull();
    expect(find(item('CHỦ TỊCH', 400, 320, 60)).organSignature).toBeNull();
  });
});
