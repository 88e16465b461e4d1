import type { Locator, Page } from '@playwright/test';

/** Presses Tab until the focus is on this element; fails where no Tab leads to it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < 80; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${target.toString()}`);
}

/** Tab to a button or switch, and the key that presses it. */
export async function pressByKey(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Tab to the row of tabs, and the arrows to one of them. */
export async function tabByKeys(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, page.getByRole('tab', { selected: true }));
  const wanted = page.getByRole('tab', { name, selected: true });
  for (let step = 0; step < 10 && !(await wanted.isVisible()); step += 1)
    await page.keyboard.press('ArrowRight');
  await wanted.waitFor();
}
