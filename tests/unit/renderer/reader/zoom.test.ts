import { describe, expect, test } from 'vitest';
import { scaleOf, turned, zoomStep } from '../../../../renderer/src/features/reader/zoom';

const a4 = { width: 595, height: 842 };

describe('zoom of the reader', () => {
  test('fitted to the width, the page and its margins fill the pane', () => {
    const scale = scaleOf('width', a4, { width: 627, height: 300 });
    expect(scale * a4.width + 32).toBeCloseTo(627);
  });

  test('fitted to the page, nothing is cut either way', () => {
    const pane = { width: 1200, height: 600 };
    const scale = scaleOf('page', a4, pane);
    expect(scale * a4.height).toBeLessThanOrEqual(pane.height);
    expect(scale * a4.width).toBeLessThanOrEqual(pane.width);
  });

  test('a pane of no size gives a page of some size', () => {
    expect(scaleOf('page', a4, { width: 0, height: 0 })).toBeGreaterThan(0);
  });

  test('steps go up and down and stop at the ends', () => {
    expect(zoomStep(0.82, true)).toBe(0.9);
    expect(zoomStep(0.82, false)).toBe(0.8);
    expect(zoomStep(5, true)).toBe(5);
    expect(zoomStep(0.25, false)).toBe(0.25);
  });

  test('a page turned by a quarter lies across', () => {
    expect(turned(a4, 90)).toEqual({ width: 842, height: 595 });
    expect(turned(a4, 180)).toEqual(a4);
  });
});
