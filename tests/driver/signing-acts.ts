import path from 'node:path';
import type { Locator } from '@playwright/test';
import type { Province } from './province';
import type { Workstation } from './workstation';

/** Imports the personal key of whoever is signed in, the organisation's key, or the trial root, on "Chữ ký của tôi". */
export async function importKey(
  workstation: Workstation,
  province: Province,
  id: string,
  as: 'person' | 'organ',
): Promise<void> {
  const label = as === 'person' ? 'Nhập chứng thư cá nhân' : 'Nhập chứng thư cơ quan';
  await workstation.goTo('Chữ ký của tôi');
  const file = path.join(province.certificates(), `${id}.p12`);
  await workstation.withKeyPassword(() =>
    workstation.page.locator(`[data-file-for="${label}"]`).setInputFiles(file),
  );
  await workstation.page
    .getByText(/Đã nhập chứng thư/)
    .first()
    .waitFor();
}

/** Imports the picture of whoever is signed in, or of the unit's seal, on "Chữ ký của tôi"; gives its card. */
export async function importPicture(
  workstation: Workstation,
  file: string,
  as: 'person' | 'organ',
): Promise<Locator> {
  const name = as === 'person' ? 'Hình chữ ký' : 'Hình con dấu';
  await workstation.goTo('Chữ ký của tôi');
  const card = workstation.page.getByRole('region', { name, exact: true });
  await card.locator(`[data-file-for="Nhập ${name.toLocaleLowerCase('vi')}"]`).setInputFiles(file);
  await card.getByRole('img', { name }).or(card.getByRole('alert')).first().waitFor();
  return card;
}

/** Trusts the trial root as a clerk does: compares the fingerprint that is shown, then confirms. */
export async function trustTrialAnchor(workstation: Workstation, province: Province): Promise<void> {
  const { page } = workstation;
  await workstation.goTo('Chữ ký của tôi');
  const file = path.join(province.certificates(), 'root.pem');
  await page.locator('[data-file-for="Nhập chứng thư gốc"]').setInputFiles(file);
  await page.getByRole('button', { name: 'Tin cậy chứng thư này' }).click();
  await page
    .getByText(/Đã tin cậy/)
    .first()
    .waitFor();
}

/** Imports the revocation lists of both trial authorities, without which no check says Hợp lệ. */
export async function importTrialLists(workstation: Workstation, province: Province): Promise<void> {
  const { page } = workstation;
  await workstation.goTo('Chữ ký của tôi');
  const files = ['root.crl.pem', 'issuing.crl.pem'].map((name) => path.join(province.certificates(), name));
  await page.locator('[data-file-for="Nhập danh sách thu hồi"]').setInputFiles(files);
  const lists = page.getByRole('list', { name: 'Các danh sách thu hồi' }).getByRole('listitem');
  await lists.nth(1).waitFor();
}

/** Everything a check of the trial signatures rests on. */
export async function trustTrialRoot(workstation: Workstation, province: Province): Promise<void> {
  await trustTrialAnchor(workstation, province);
  await importTrialLists(workstation, province);
}

/** What the window for a password or PIN asks, and answering it. */
export type SecretWindow = {
  readonly title: string;
  readonly documents: readonly string[];
  readonly warnings: readonly string[];
  /** The answer before was wrong. */
  readonly again: boolean;
};

/** Answers the next windows for a password while `act` runs, one answer each; null closes the window. Gives what they asked. */
export async function answeringSecrets<T>(
  workstation: Workstation,
  answers: readonly (string | null)[],
  act: () => Promise<T>,
): Promise<readonly SecretWindow[]> {
  const asked: SecretWindow[] = [];
  const answering = (async () => {
    for (const answer of answers) {
      const window = await workstation.app.waitForEvent('window', { timeout: 60_000 });
      const texts = (selector: string) => window.locator(selector).allTextContents();
      await window.locator('#title').filter({ hasText: /./ }).waitFor();
      asked.push({
        title: (await window.locator('#title').textContent()) ?? '',
        documents: await texts('#documents li'),
        warnings: await texts('#warnings li'),
        again: await window.locator('#again').isVisible(),
      });
      if (answer !== null) await window.locator('#secret').fill(answer);
      // The window is destroyed by its own answer.
      await Promise.allSettled([
        window.keyboard.press(answer === null ? 'Escape' : 'Enter'),
        window.waitForEvent('close'),
      ]);
    }
  })();
  await act();
  await answering;
  return asked;
}

/** Opens "Ký số" by its key. */
export async function openBatch(workstation: Workstation): Promise<void> {
  const { page } = workstation;
  await page.keyboard.press('Alt+s');
  await page.getByRole('heading', { name: 'Ký số', level: 1 }).waitFor();
}

/** Presses F8 on "Ký số" and says yes. */
export async function signAll(workstation: Workstation): Promise<void> {
  // A key says nothing while the rows are still being read.
  await workstation.page.getByRole('button', { name: /^Ký tất cả \(\d+\)$/ }).waitFor();
  await workstation.page.keyboard.press('F8');
  await workstation.page.getByRole('dialog').getByRole('button', { name: 'Ký tất cả' }).click();
}

/** Waits for the summary of a batch and gives its words. */
export async function batchSummary(workstation: Workstation): Promise<string> {
  const summary = workstation.page.getByText(/^Đã ký \d+ văn bản/).first();
  await summary.waitFor({ timeout: 120_000 });
  return (await summary.textContent()) ?? '';
}

/** Sets the timestamp authority on "Chữ ký của tôi"; the wanted level is B-LTA from the beginning. */
export async function setTimestampService(workstation: Workstation, url: string): Promise<void> {
  const { page } = workstation;
  await workstation.goTo('Chữ ký của tôi');
  await page.getByRole('textbox', { name: 'Địa chỉ dịch vụ dấu thời gian' }).fill(url);
  await page.getByRole('button', { name: 'Lưu cách ký' }).click();
  await page.getByText('Đã lưu cách ký').first().waitFor();
}
