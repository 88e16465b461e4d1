import { type Atom, paginate } from '@shared/print/flow';
import type { PageGeometry } from '@shared/print/geometry';
import { keepTailWithNext } from '@shared/print/paragraphs';
import { describe, expect, it } from 'vitest';

const page: PageGeometry = { width: 100, height: 120, top: 10, bottom: 10, left: 0, right: 0 };
const atom = (height: number, more: Partial<Atom> = {}): Atom => ({
  height,
  gap: 0,
  keepNext: false,
  draw: () => undefined,
  ...more,
});
const layout = (atoms: readonly Atom[]) =>
  paginate(atoms, page).map((placed) => placed.map(({ atom: each }) => atoms.indexOf(each)));

describe('Chia trang', () => {
  it('xếp từ trên xuống, sang trang khi hết chỗ, bỏ khoảng trống ở đầu trang', () => {
    const atoms = [atom(60), atom(40), atom(20, { gap: 6 })];
    const pages = paginate(atoms, page);
    expect(layout(atoms)).toEqual([[0, 1], [2]]);
    expect(pages[1]?.[0]?.top).toBe(110);
  });

  it('tiêu đề đi cùng đoạn sau nó', () => {
    expect(layout([atom(70), atom(20, { keepNext: true }), atom(20)])).toEqual([[0], [1, 2]]);
  });

  it('chuỗi dài hơn một trang thì chia, không lặp vô hạn', () => {
    const chain = Array.from({ length: 12 }, () => atom(20, { keepNext: true }));
    expect(layout(chain).flat()).toEqual(chain.map((_, index) => index));
    expect(layout(chain)).toHaveLength(3);
  });

  it('một khối cao hơn trang vẫn được đặt, đứng riêng', () => {
    expect(layout([atom(20), atom(300), atom(20)])).toEqual([[0], [1], [2]]);
  });

  it('đầu bảng lặp lại ở trang sau nhưng không lặp ở trang đầu', () => {
    const header = atom(10);
    const rows = Array.from({ length: 12 }, () => atom(18, { header }));
    const pages = paginate([header, ...rows], page);
    expect(pages.map((placed) => placed.filter(({ atom: each }) => each === header).length)).toEqual([
      1, 1, 1,
    ]);
    for (const placed of pages) expect(placed[0]?.atom).toBe(header);
  });

  it('hai dòng cuối của nội dung luôn đi cùng khối chữ ký', () => {
    for (let count = 1; count <= 40; count += 1) {
      const body = keepTailWithNext(Array.from({ length: count }, () => atom(10)));
      const block = atom(45);
      const last = paginate([...body, block], page).at(-1) ?? [];
      expect(last.at(-1)?.atom).toBe(block);
      expect(last.length).toBeGreaterThanOrEqual(Math.min(3, count + 1));
    }
  });
});
