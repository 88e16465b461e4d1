import type { Page } from '@playwright/test';

/** Picks an entry of a searchable list field by typing its beginning, as a person does. */
export async function pick(page: Page, label: string, text: string): Promise<void> {
  const field = page
    .getByRole('combobox', { name: label })
    .or(page.getByRole('textbox', { name: label }))
    .first();
  await field.fill(text);
  // The rows of a document list are options too; only those of an open list field carry this mark.
  await page.locator('[data-combobox-option]:visible').filter({ hasText: text }).first().click();
}

/** Picks an entry of a short list that shows all its entries. */
export async function pickFromFew(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).selectOption({ label: text });
}
