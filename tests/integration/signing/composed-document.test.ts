import { readFileSync } from 'node:fs';
import path from 'node:path';
import { composeBody, typesetDocument } from '@shared/print';
import { findSignaturePlaces } from '@shared/signing';
import { describe, expect, it } from 'vitest';
import { readTextItems } from '../../../electron/signing/text-items';

const folder = path.resolve('node_modules/@expo-google-fonts/tinos');
const face = (name: string) => new Uint8Array(readFileSync(path.join(folder, name, `Tinos_${name}.ttf`)));
const fonts = {
  regular: face('400Regular'),
  bold: face('700Bold'),
  italic: face('400Regular_Italic'),
  boldItalic: face('700Bold_Italic'),
};

describe('a document composed in the program has its places where the decree puts them (Phụ lục I, ô 3, 4, 7)', () => {
  it('number after "Số:", day and month in the date line, signature between title and name; no signing page', async () => {
    const { pdf } = await typesetDocument(
      {
        superior: 'LIÊN ĐOÀN LAO ĐỘNG TỈNH AN BÌNH',
        issuer: 'LIÊN ĐOÀN LAO ĐỘNG HUYỆN VĨNH HÒA',
        number: null,
        symbol: 'KH-LĐLĐ',
        place: 'Vĩnh Hòa',
        date: null,
        year: 2026,
        openDate: 'gaps',
        typeName: 'KẾ HOẠCH',
        subject: 'Thử nghiệm các vị trí trên văn bản',
        urgency: 'normal',
        addressees: [],
        bases: [],
        body: composeBody(['Nội dung thứ nhất của kế hoạch.', 'Nội dung thứ hai.']),
        signing: { authority: ['TM. BAN THƯỜNG VỤ', 'CHỦ TỊCH'], name: 'Phạm Quốc Tuấn' },
        receivers: [{ name: 'Các công đoàn cơ sở', tag: '(t/h)' }],
        archive: 'VP',
      },
      fonts,
    );
    const found = findSignaturePlaces(await readTextItems(pdf), {
      title: 'CHỦ TỊCH',
      name: 'Phạm Quốc Tuấn',
      sealDiameter: 36,
    });
    const { numberField, dateField, personSignature, organSignature } = found;
    if (numberField === null || numberField === 'printed') throw new Error(`number: ${numberField}`);
    if (dateField === null || dateField === 'printed') throw new Error(`date: ${dateField}`);
    if (personSignature === null || organSignature === null) throw new Error('no room for the signatures');
    expect(numberField.page).toBe(0);
    expect(numberField.x).toBeLessThan(297);
    expect(dateField.day.x).toBeGreaterThan(297);
    expect(dateField.month.x).toBeGreaterThan(dateField.day.x + dateField.day.w);
    // Phụ lục I, II.8: the seal lies over the left third of the personal signature.
    expect(organSignature.x + organSignature.w).toBeCloseTo(personSignature.x + personSignature.w / 3, 0);
  });
});
