import type { Locator } from '@playwright/test';
import type { Workstation } from './workstation';

export type BookKind = 'incoming' | 'outgoing';

const titles: Readonly<Record<BookKind, string>> = { incoming: 'Sổ văn bản đến', outgoing: 'Sổ văn bản đi' };

/** Opens a register of the unit (Sổ). */
export async function openBook(workstation: Workstation, kind: BookKind): Promise<void> {
  const { page } = workstation;
  await workstation.goTo('Sổ');
  await page.getByRole('group', { name: 'Sổ' }).getByText(titles[kind]).click();
  const heads = { incoming: 'Sổ đăng ký văn bản đến', outgoing: 'Sổ đăng ký văn bản đi' };
  await page.getByRole('heading', { name: heads[kind] }).waitFor();
  await page
    .getByRole('grid', { name: titles[kind] })
    .or(page.getByText('Sổ năm nay chưa có số nào.'))
    .waitFor();
}

/** Reads a whole register, row by row and cell by cell, as the screen shows it. */
export async function bookRows(
  workstation: Workstation,
  kind: BookKind,
): Promise<readonly (readonly string[])[]> {
  await openBook(workstation, kind);
  const grid = workstation.page.getByRole('grid', { name: titles[kind] });
  if ((await grid.count()) === 0) return [];
  const total = Number(await grid.getAttribute('aria-rowcount')) - 1;
  const found = new Map<number, readonly string[]>();
  await grid.focus();
  await grid.press('Home');
  // Only the rows in sight are in the page: read them, go on by a page, until all were seen.
  for (let pages = 0; found.size < total && pages <= total; pages += 1) {
    for (const [index, cells] of await visibleRows(grid)) found.set(index, cells);
    await grid.press('PageDown');
  }
  return [...found].sort(([a], [b]) => a - b).map(([, cells]) => cells);
}

function visibleRows(grid: Locator): Promise<[number, string[]][]> {
  return grid
    .getByRole('rowgroup')
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.map((row): [number, string[]] => [
        Number(row.getAttribute('aria-rowindex')),
        [...row.querySelectorAll('[role=gridcell]')].map((cell) => (cell.textContent ?? '').trim()),
      ]),
    );
}

/** Whether the screen says that the numbers of the open register are continuous. */
export async function saysContinuous(workstation: Workstation): Promise<boolean> {
  return workstation.page.getByText('Số liên tục, không khuyết, không trùng').isVisible();
}

/** Saves the open register as CSV at `file`, answering the system's dialog. */
export async function saveRegisterCsv(workstation: Workstation, file: string): Promise<void> {
  const { page } = workstation;
  await answeringSaveDialog(workstation, file, async () => {
    await page.getByRole('button', { name: 'Xuất CSV' }).click();
    await page.getByText('Đã lưu tệp CSV').first().waitFor();
  });
}

/** Sets the open register as PDF and saves it at `file`, answering the system's dialog. */
export async function saveRegisterPdf(workstation: Workstation, file: string): Promise<void> {
  const { page } = workstation;
  await page.getByRole('button', { name: 'In sổ' }).click();
  await page.getByRole('heading', { name: 'Bản in của sổ' }).waitFor({ timeout: 60_000 });
  await answeringSaveDialog(workstation, file, async () => {
    await page.getByRole('button', { name: 'Lưu bản PDF' }).click();
    await page.getByText('Đã lưu bản PDF').first().waitFor();
  });
  await page.getByRole('button', { name: 'Trở lại sổ' }).click();
}

/** Runs `act` while the system's save dialog, which no driver can reach, answers with `file`. */
export async function answeringSaveDialog(
  workstation: Workstation,
  file: string,
  act: () => Promise<void>,
): Promise<void> {
  await workstation.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await act();
}
