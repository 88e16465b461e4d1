import type { Locator } from '@playwright/test';
import type { Workstation } from './workstation';

export type ComparedPart = { readonly part: string; readonly equal: boolean };

/** Đồng bộ > Đối chiếu với máy chủ: what each part says. */
export async function comparisonWithServer(workstation: Workstation): Promise<readonly ComparedPart[]> {
  const { page } = workstation;
  await workstation.goTo('Đồng bộ');
  await page.getByRole('button', { name: 'Đối chiếu với máy chủ' }).click();
  const rows = page.getByRole('table', { name: 'Đối chiếu với máy chủ' }).locator('tbody tr');
  // Every row of this machine is read for it.
  await rows.first().waitFor({ timeout: 240_000 });
  const cells = await rows.evaluateAll((found) =>
    found.map((row) => [...row.querySelectorAll('td')].map((cell) => (cell.textContent ?? '').trim())),
  );
  return cells.map((row) => ({ part: row[0] ?? '', equal: row.at(-1)?.endsWith('Khớp') === true }));
}

/** Whether this device and the server hold the same rows in every part. */
export async function compareWithServer(workstation: Workstation): Promise<boolean> {
  const parts = await comparisonWithServer(workstation);
  return parts.length > 0 && parts.every((part) => part.equal);
}

/** Đồng bộ > Báo cáo, which is open: how many rows the rounds in its list have brought. */
export async function receivedInRounds(workstation: Workstation): Promise<number> {
  const rounds = workstation.page.getByRole('table', { name: /lần gần nhất có gửi, nhận hoặc trục trặc$/ });
  const counts = await rounds.locator('tbody tr td:nth-child(3)').allTextContents();
  return counts.reduce((sum, count) => sum + Number(count.replaceAll('.', '')), 0);
}

/** How many acts wait to be sent, as the footer says. */
export async function waitingCount(workstation: Workstation): Promise<number> {
  const footer = workstation.page.getByRole('contentinfo', { name: 'Trạng thái' });
  const [, count] = /Chờ gửi ([\d.]+)/.exec((await footer.textContent()) ?? '') ?? [];
  return Number(count?.replaceAll('.', '') ?? Number.NaN);
}

/** Đồng bộ > Xung đột: the list of those that wait for a decision, or of those that were decided. */
export async function openConflicts(
  workstation: Workstation,
  chip: 'Chờ chọn' | 'Đã chọn',
): Promise<Locator> {
  const { page } = workstation;
  await workstation.goTo('Đồng bộ');
  await page.getByRole('tab', { name: /^Xung đột/ }).click();
  await page.getByRole('button', { name: new RegExp(`^${chip}`) }).click();
  return page.getByRole('listbox', { name: 'Xung đột' });
}

/** One of the two values of the conflict that is shown. */
export function sideOf(workstation: Workstation, side: 'Giá trị hiện tại' | 'Giá trị kia'): Locator {
  return workstation.page.getByRole('region', { name: side });
}

/** Waits until the footer says that the server can be reached, or that it cannot. */
export async function networkIs(workstation: Workstation, state: 'online' | 'offline'): Promise<void> {
  const footer = workstation.page.getByRole('contentinfo', { name: 'Trạng thái' });
  const word = state === 'online' ? 'Có mạng' : 'Ngoại tuyến';
  await workstation.page.keyboard.press('F9');
  await footer.getByText(word).waitFor({ timeout: 60_000 });
}
