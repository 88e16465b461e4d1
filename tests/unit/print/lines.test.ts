import { breakEvenly, breakLines, type Line, type Measure, toSpans } from '@shared/print/lines';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const fixed: Measure = (text, _face, size) => Array.from(text).length * size;
const plain = (text: string) => toSpans(text, { size: 1 });
const textOf = (line: Line) => line.spans.map((span) => span.text).join('');

describe('Ngắt dòng', () => {
  it('ngắt ở khoảng trắng, dòng đầu có thể hẹp hơn vì lùi đầu dòng', () => {
    const lines = breakLines(plain('một hai ba bốn'), { first: 4, rest: 7 }, fixed);
    expect(lines.map(textOf)).toEqual(['một', 'hai ba', 'bốn']);
    expect(lines.map((line) => line.ends)).toEqual([false, false, true]);
  });

  it('xuống dòng cứng giữ nguyên, khoảng trắng không ngắt giữ hai chữ cùng dòng', () => {
    const lines = breakLines(plain('a\nngày\u00a005 x'), { first: 7, rest: 7 }, fixed);
    expect(lines.map(textOf)).toEqual(['a', 'ngày\u00a005', 'x']);
  });

  it('không mất chữ nào và không dòng nào quá khổ, với mọi văn bản', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { maxLength: 30 });
    fc.assert(
      fc.property(words, fc.integer({ min: 3, max: 40 }), (list, width) => {
        const text = list.join(' ');
        const spans = plain(text);
        const lines = breakLines(spans, { first: width, rest: width }, fixed);
        for (const line of lines) {
          expect(line.width).toBeLessThanOrEqual(width + 0.01);
          expect(line.width).toBeCloseTo(fixed(textOf(line), 'regular', 1), 6);
        }
        const bare = (value: string) => value.replace(/[ \n]/gu, '');
        expect(bare(lines.map(textOf).join(''))).toBe(bare(spans.map((span) => span.text).join('')));
      }),
    );
  });

  it('tiêu đề canh giữa chia đều, không bỏ một chữ lẻ, không cắt giữa chữ', () => {
    expect(breakEvenly(plain('aaaa bbbb cccc d'), 14, fixed).map(textOf)).toEqual(['aaaa bbbb', 'cccc d']);
    expect(breakEvenly(plain('Số lượng bản'), 8, fixed).map(textOf)).toEqual(['Số lượng', 'bản']);
    expect(breakEvenly(plain('Số lượng bản'), 6, fixed).map(textOf)).toEqual(['Số', 'lượng', 'bản']);
  });
});
