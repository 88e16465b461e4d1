import { expect, test } from 'vitest';
import { cardsFor } from '../../../../renderer/src/features/today/cards';

test('the leader sees first what waits for an opinion and a signature', () => {
  expect(
    cardsFor(['leader'])
      .filter((card) => card.always)
      .map((card) => card.count),
  ).toEqual(['toAssign', 'toSign', 'mine', 'overdue']);
});

test('D06: a conflict is the first task of the clerk, and no card while there is none', () => {
  expect(cardsFor(['clerk'])[0]).toMatchObject({ count: 'conflicts', always: false });
  expect(cardsFor(['leader'])[0]?.count).toBe('toAssign');
});

test('the clerk begins with the intake box; the work of other roles comes after her own', () => {
  const cards = cardsFor(['clerk']).filter(({ count }) => count !== 'conflicts');
  expect(cards[0]?.count).toBe('intake');
  const firstForeign = cards.findIndex((card) => !card.always);
  expect(cards.slice(firstForeign).every((card) => !card.always)).toBe(true);
  expect(cards.map((card) => card.count)).toContain('toAssign');
});
