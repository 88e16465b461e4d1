import { describe, expect, test } from 'vitest';
import { filterByText, matchScore, plainText } from '../../../../renderer/src/ui/match-text';

describe('search with or without marks', () => {
  test('text is compared without marks and letter case, đ as d, both ways of encoding', () => {
    expect(plainText('Đỗ  Thị MAI ')).toBe('do thi mai');
    expect(plainText('Công đoàn'.normalize('NFD'))).toBe('cong doan');
  });

  test.each([
    ['Lê Thị Thu Hằng', 'th'],
    ['Lê Thị Thu Hằng', 'hang'],
    ['Lê Thị Thu Hằng', 'hằng'],
    ['Lê Thị Thu Hằng', 'le hang'],
    ['Lê Thị Thu Hằng', 'ltth'],
    ['Liên đoàn Lao động tỉnh', 'lien doan lao'],
    ['35/KH-LĐLĐ Tháng Công nhân', '35/kh'],
    ['35/KH-LĐLĐ Tháng Công nhân', 'ldld'],
  ])('%s answers %s', (text, query) => {
    expect(matchScore(text, query)).toBeGreaterThan(0);
  });

  test('a query with marks matches only with these marks', () => {
    expect(matchScore('Lê Thị Hạng', 'hằng')).toBe(0);
    expect(matchScore('Lê Thị Hằng', 'x')).toBe(0);
  });

  test('what begins with the query stands first; equal ones keep their order', () => {
    const names = ['Phạm Mai', 'Mai Xuân Bách', 'Đỗ Mai', 'Trần An'];
    expect(filterByText(names, (name) => name, 'mai', 10)).toEqual(['Mai Xuân Bách', 'Phạm Mai', 'Đỗ Mai']);
    expect(filterByText(names, (name) => name, '', 2)).toEqual(['Phạm Mai', 'Mai Xuân Bách']);
  });
});
