import type { Locator } from '@playwright/test';
import { pick, pickFromFew } from './fields';
import type { Workstation } from './workstation';

export type Draft = {
  readonly type: string;
  readonly subject: string;
  readonly signer: string;
  readonly receivers: readonly string[];
  /** Path of the PDF that becomes the body. */
  readonly body: string;
};

/** Drafts a document from a PDF and submits it (Văn bản đi > Soạn). */
export async function draftAndSubmit(workstation: Workstation, draft: Draft): Promise<void> {
  const { page } = workstation;
  await workstation.goTo('Văn bản đi');
  await page.getByRole('button', { name: 'Soạn văn bản đi' }).click();
  await pickFromFew(page, 'Loại', draft.type);
  await page.getByRole('textbox', { name: 'Trích yếu' }).fill(draft.subject);
  await pick(page, 'Người ký', draft.signer);
  for (const receiver of draft.receivers) await pick(page, 'Nơi nhận trong tỉnh', receiver);
  await page.locator('[data-file-for="Chọn tệp PDF"]').setInputFiles(draft.body);
  await page.getByRole('button', { name: 'Trình ký' }).click();
  await properties(workstation, draft.subject).waitFor();
  await trailSays(workstation, 'Trình ký');
}

/** The properties of the document with this subject. */
function properties(workstation: Workstation, subject: string): Locator {
  return workstation.page.getByRole('region', { name: 'Thuộc tính' }).filter({ hasText: subject });
}

/** Waits until the trail of the open document has this act: notices of earlier documents may still be in sight. */
async function trailSays(workstation: Workstation, act: string | RegExp): Promise<Locator> {
  const trail = workstation.page.getByRole('region', { name: 'Quá trình' });
  const entry = trail.getByText(act, { exact: true }).first();
  await entry.waitFor({ timeout: 60_000 });
  return entry;
}

/** Opens the document with this subject in the list. */
export async function openOutgoing(workstation: Workstation, subject: string): Promise<void> {
  await workstation.goTo('Văn bản đi');
  await workstation.page
    .getByRole('option', { name: new RegExp(subject) })
    .or(workstation.page.getByText(subject))
    .first()
    .click();
  await properties(workstation, subject).waitFor();
}

/** Presses the button of a final act and says yes to its question. */
async function finalAct(workstation: Workstation, act: string): Promise<void> {
  const { page } = workstation;
  await page.getByRole('button', { name: act, exact: true }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: act, exact: true }).click();
}

/** Ký: the person's signature, with the password of her key. Throws what the screen says when the file refuses it. */
export async function sign(workstation: Workstation): Promise<void> {
  await workstation.withKeyPassword(() => finalAct(workstation, 'Ký'));
  const refusal = workstation.page
    .getByRole('region', { name: 'Việc cần làm' })
    .locator('.cv-notice-title')
    .first();
  const refused = refusal.waitFor({ timeout: 60_000 }).then(async () => {
    throw new Error((await refusal.textContent()) ?? 'refused');
  });
  await Promise.race([trailSays(workstation, 'Ký'), refused]);
  // The losing wait ends by itself.
  refused.catch(() => undefined);
}

/** Trả lại người soạn, with the reason. */
export async function giveBack(workstation: Workstation, reason: string): Promise<void> {
  const { page } = workstation;
  await page.getByRole('button', { name: 'Trả lại', exact: true }).first().click();
  const field = page.getByRole('textbox', { name: 'Lý do trả lại' });
  await field.fill(reason);
  await page.locator('form').filter({ has: field }).getByRole('button', { name: 'Trả lại' }).click();
  await trailSays(workstation, /^Trả lại/);
}

/** Cấp số; gives the number as the screen shows it. */
export async function giveNumber(workstation: Workstation): Promise<string> {
  await finalAct(workstation, 'Cấp số');
  const told = await trailSays(workstation, /^Cấp số \d+$/);
  await trailSays(workstation, 'Điền số, ngày vào văn bản');
  return /\d+/.exec((await told.textContent()) ?? '')?.[0] ?? '';
}

export async function seal(workstation: Workstation): Promise<void> {
  await workstation.withKeyPassword(() => finalAct(workstation, 'Ký số cơ quan'));
  await trailSays(workstation, 'Ký số cơ quan');
}

export async function issue(workstation: Workstation): Promise<void> {
  await finalAct(workstation, 'Phát hành');
  await trailSays(workstation, 'Phát hành');
}
