import { typesetRecoveryKit } from '@shared/print/index';
import { describe, expect, it } from 'vitest';
import { newHalves, writeHalf } from '../../../electron/backup/recovery-halves';
import { pageTexts, qpdfComplaints, tinos } from './pdf-tools';

describe('Bộ khóa khôi phục', () => {
  it('gives each holder a sheet with her nine rows, and not one row of the other', async () => {
    const { halves } = newHalves();
    const sheets = halves.map((half) => ({ holder: half.holder, rows: [...writeHalf(half)] }));
    const pdf = await typesetRecoveryKit(
      {
        unitName: 'Liên đoàn Lao động huyện Vĩnh Hòa',
        deviceName: 'VANTHU-01',
        kit: halves[0].kit,
        madeOn: '2026-11-21',
        halves: sheets,
      },
      tinos,
    );
    const pages = pageTexts(pdf).map((text) => text.replace(/\s/g, ''));
    expect(pages).toHaveLength(2);
    const bare = (rows: readonly string[] = []) => rows.map((row) => row.replaceAll(' ', ''));
    for (const [at, other] of [
      [0, 1],
      [1, 0],
    ] as const) {
      for (const row of bare(sheets[at]?.rows)) expect(pages[at]).toContain(row);
      for (const row of bare(sheets[other]?.rows)) expect(pages[at]).not.toContain(row);
      expect(pages[at]).toContain(`Bộsố${halves[0].kit.toUpperCase()},lậpngày21/11/2026`);
    }
    expect(pages[0]).toContain('Phầncủavănthư');
    expect(pages[1]).toContain('Phầncủalãnhđạo');
    expect(qpdfComplaints(pdf)).toBe('');
  });
});
