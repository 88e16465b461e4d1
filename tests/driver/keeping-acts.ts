import type { Locator } from '@playwright/test';
import { type BookKind, openBook } from './book-acts';
import { pick, pickFromFew } from './fields';
import { samplePin } from './province';
import type { Workstation } from './workstation';

/** Opens the keeping of a book (Sổ > Giữ sổ, bàn giao…). */
export async function keepBook(workstation: Workstation, kind: BookKind): Promise<void> {
  const { page } = workstation;
  await openBook(workstation, kind);
  await page.getByRole('button', { name: 'Giữ sổ, bàn giao…' }).click();
  await page.getByRole('heading', { name: 'Giữ sổ' }).waitFor();
}

const slipField = 'Phiếu bàn giao';

/** Bàn giao: seals the own head; gives the slip that is shown afterwards. */
export async function handOver(workstation: Workstation, kind: BookKind, to: string): Promise<string> {
  const { page } = workstation;
  await keepBook(workstation, kind);
  await page.getByRole('button', { name: 'Bàn giao', exact: true }).click();
  const form = page.getByRole('form', { name: 'Bàn giao sổ cho máy khác' });
  await pickFromFew(page, 'Máy nhận', to);
  await form.getByRole('button', { name: 'Bàn giao', exact: true }).click();
  const slip = page.getByRole('textbox', { name: slipField });
  await slip.waitFor({ timeout: 30_000 });
  return slip.inputValue();
}

/** Nhận bàn giao by a slip. */
export async function takeOver(workstation: Workstation, kind: BookKind, slip: string): Promise<void> {
  const { page } = workstation;
  await keepBook(workstation, kind);
  await page.getByRole('button', { name: 'Nhận bàn giao', exact: true }).click();
  const form = page.getByRole('form', { name: 'Nhận bàn giao sổ' });
  await form.getByLabel(slipField).and(form.locator('textarea')).fill(slip);
  await form.getByRole('button', { name: 'Nhận sổ' }).click();
  await page.getByText('Máy này đã giữ sổ, số tiếp theo').first().waitFor({ timeout: 30_000 });
}

type PaperBook = { readonly lastNumber: number; readonly lastDate: string; readonly leader: string };

/** Sổ của máy bị mất: the clerk with the PIN of the sample province, the leader with this one. Gives the form, sent. */
export async function askForLost(
  workstation: Workstation,
  kind: BookKind,
  paper: PaperBook,
  pinOfLeader: string,
): Promise<Locator> {
  const { page } = workstation;
  await keepBook(workstation, kind);
  await page.getByRole('button', { name: 'Sổ của máy bị mất' }).click();
  const form = page.getByRole('form', { name: 'Sổ của máy bị mất' });
  await form.getByLabel('Số cuối cùng trong sổ giấy').fill(String(paper.lastNumber));
  await form.getByLabel('Ngày của số cuối').fill(paper.lastDate);
  await pick(page, 'Lãnh đạo', paper.leader);
  await form.getByLabel('PIN của Văn thư').fill(samplePin);
  await form.getByLabel('PIN của Lãnh đạo').fill(pinOfLeader);
  await form.getByRole('button', { name: 'Lấy sổ về máy này' }).click();
  return form;
}

/** Sổ của máy bị mất: both people with the PIN of the sample province. */
export async function takeFromLost(
  workstation: Workstation,
  kind: BookKind,
  paper: PaperBook,
): Promise<void> {
  await askForLost(workstation, kind, paper, samplePin);
  await workstation.page.getByText('Máy này đã giữ sổ').first().waitFor({ timeout: 30_000 });
}

/** The lines of the list of missing numbers of the book in front. */
export async function gapLines(workstation: Workstation): Promise<readonly string[]> {
  const region = workstation.page.getByRole('region', { name: 'Khuyết số' });
  await region.waitFor();
  return region.getByRole('listitem').allInnerTexts();
}

/** Giải trình khuyết số of the book in front. */
export async function explainGap(workstation: Workstation, number: string, reason: string): Promise<void> {
  const { page } = workstation;
  const line = page.getByRole('listitem').filter({ hasText: `Số ${number}` });
  await line.getByRole('button', { name: 'Giải trình' }).click();
  const form = page.getByRole('form', { name: `Giải trình số ${number}` });
  await form.getByLabel('Lý do khuyết số').and(form.locator('textarea')).fill(reason);
  await form.getByRole('button', { name: 'Ghi giải trình' }).click();
  await page.getByText(`Đã giải trình số ${number}`).first().waitFor();
}

/** Bổ sung từ sổ giấy of the book in front. */
export async function writeFromPaper(
  workstation: Workstation,
  number: string,
  paper: { readonly date: string; readonly symbol: string; readonly subject: string },
): Promise<void> {
  const { page } = workstation;
  const line = page.getByRole('listitem').filter({ hasText: `Số ${number}` });
  await line.getByRole('button', { name: 'Bổ sung từ sổ giấy' }).click();
  const form = page.getByRole('form', { name: `Bổ sung số ${number} từ sổ giấy` });
  await form.getByLabel(/^Ngày/).and(form.locator('input')).fill(paper.date);
  await form.getByLabel('Số, ký hiệu').fill(paper.symbol);
  await form.getByLabel('Tên loại và trích yếu').and(form.locator('textarea')).fill(paper.subject);
  await form.getByRole('button', { name: 'Ghi vào sổ' }).click();
  await page.getByText(`Đã bổ sung số ${number}`).first().waitFor();
}
