import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** No violation of WCAG 2.2 A or AA on the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  // Colours of what is just moving or fading are not those that people read.
  await page.waitForTimeout(250);
  // The page's policy refuses scripts from elsewhere; what the driver evaluates is not the page's.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: engine } = window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations, passes } = await engine.run({ runOnly: { type: 'tag', values: tags } });
    const faults = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} — ${failureSummary ?? ''}`),
    );
    return { faults, checked: passes.length };
  });
  expect(found.checked).toBeGreaterThan(5);
  expect.soft(found.faults).toEqual([]);
}
