import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { pick } from './fields';
import type { Workstation } from './workstation';

export type Registration = {
  /** Name of a file in the intake box; left out for a document that is on paper only. */
  readonly fileName?: string;
  readonly number: string;
  readonly symbol: string;
  /** Day of the document as a clerk types it: `5/3`, `0503`, `05/03/2026`. */
  readonly date: string;
  readonly issuer: string;
  readonly type: string;
  readonly subject: string;
  /** Registers it although a document of the same number, symbol and issuer is there. */
  readonly despiteTwin?: boolean;
};

export type Assignment = {
  readonly text: string;
  readonly lead: string;
  readonly support?: readonly string[];
  /** Deadline as it is typed. */
  readonly due?: string;
};

const savedRegion = 'Số đến vừa cấp';

/** How many rows the list of this name has; 0 when it is empty. The list itself shows only some of them. */
async function rowsIn(page: Page, list: string): Promise<number> {
  const first = page.getByRole('listbox', { name: list }).getByRole('option').first();
  if ((await first.count()) === 0) return 0;
  return Number(await first.getAttribute('aria-setsize'));
}

/** Takes files in through "Chọn tệp" (Hộp tiếp nhận) and waits until all of them are in the box. */
export async function takeIn(workstation: Workstation, files: readonly string[]): Promise<void> {
  const { page } = workstation;
  await workstation.goTo('Hộp tiếp nhận');
  await page
    .getByText(/^\d+ dòng$/)
    .or(page.getByText('Hộp tiếp nhận trống.'))
    .first()
    .waitFor();
  const expected = (await rowsIn(page, 'Tệp chờ vào sổ')) + files.length;
  await page.getByLabel('Chọn tệp để tiếp nhận').setInputFiles([...files]);
  await page.getByText(`${expected} dòng`, { exact: true }).waitFor({ timeout: 120_000 });
}

/** The rows of the intake box for files of this name. */
export function intakeRow(workstation: Workstation, fileName: string): Locator {
  const { page } = workstation;
  const rows = page.getByRole('listbox', { name: 'Tệp chờ vào sổ' }).getByRole('option');
  return rows.filter({ has: page.getByText(path.basename(fileName), { exact: true }) });
}

/** Shows a file of the intake box beside its properties. */
export async function openIntake(workstation: Workstation, fileName: string): Promise<void> {
  const { page } = workstation;
  await workstation.goTo('Hộp tiếp nhận');
  await intakeRow(workstation, fileName).first().click();
  await page.getByRole('heading', { name: path.basename(fileName) }).waitFor();
}

/** Opens Vào sổ for a file of the intake box, or for a paper document. */
export async function openRegistration(workstation: Workstation, fileName?: string): Promise<Locator> {
  const { page } = workstation;
  if (fileName === undefined) {
    await workstation.goTo('Văn bản đến');
    await page.getByRole('heading', { name: 'Văn bản đến', exact: true }).waitFor();
    await page.keyboard.press('Control+n');
  } else {
    await openIntake(workstation, fileName);
    await page.getByRole('button', { name: 'Vào sổ', exact: true }).click();
  }
  const form = page.getByRole('form', { name: 'Vào sổ văn bản đến' });
  await form.waitFor();
  return form;
}

/** A field of the form by its label, with or without the mark of a required field. */
function field(form: Locator, label: string): Locator {
  return form
    .getByLabel(new RegExp(`^${label}( \\*)?$`))
    .and(form.locator('input, textarea'))
    .first();
}

/** Fills the form of Vào sổ in the order in which a clerk reads the page. */
export async function fillRegistration(form: Locator, registration: Registration): Promise<void> {
  await field(form, 'Số').fill(registration.number);
  await field(form, 'Ký hiệu').fill(registration.symbol);
  await field(form, 'Ngày văn bản').fill(registration.date);
  await field(form, 'Cơ quan ban hành').fill(registration.issuer);
  await field(form, 'Loại').fill(registration.type);
  await field(form, 'Trích yếu').fill(registration.subject);
}

/**
 * Vào sổ: registers a file of the intake box, or a paper document.
 * @returns số đến as the screen shows it, e.g. `07`
 */
export async function register(workstation: Workstation, registration: Registration): Promise<string> {
  const { page } = workstation;
  const form = await openRegistration(workstation, registration.fileName);
  await fillRegistration(form, registration);
  if (registration.despiteTwin === true)
    await form.getByRole('button', { name: 'Bản khác, vẫn vào sổ' }).click();
  await field(form, 'Trích yếu').press('Enter');
  const saved = page.getByRole('status', { name: savedRegion }).filter({ hasText: registration.subject });
  await saved.waitFor({ timeout: 30_000 });
  return numberIn(await saved.innerText());
}

function numberIn(text: string): string {
  return /Số đến (\d+)\s/.exec(`${text} `)?.[1] ?? '';
}

/** Opens the document with this subject in Văn bản đến. */
export async function openIncoming(workstation: Workstation, subject: string): Promise<void> {
  const { page } = workstation;
  await workstation.goTo('Văn bản đến');
  const filter = page.getByRole('searchbox', { name: 'Lọc danh sách' });
  await filter.fill(subject);
  const row = page.getByRole('listbox', { name: 'Danh sách văn bản đến' }).getByRole('option').first();
  await row.filter({ hasText: subject }).click({ timeout: 60_000 });
  await filter.fill('');
  await page.locator('.cv-doc-subject', { hasText: subject }).waitFor();
}

/** The buttons of what can be done with the open document. */
function actions(workstation: Workstation): Locator {
  return workstation.page.getByRole('group', { name: 'Việc cần làm' });
}

async function openAct(workstation: Workstation, act: string, title = act): Promise<Locator> {
  await actions(workstation).getByRole('button', { name: act, exact: true }).click();
  const form = workstation.page.getByRole('form', { name: title });
  await form.waitFor();
  return form;
}

/** Saves the form of an act and waits until the buttons are back. */
async function saveAct(workstation: Workstation, form: Locator): Promise<void> {
  await form.locator('button[type=submit]').click();
  await form.waitFor({ state: 'detached' });
  await actions(workstation).waitFor();
}

/** Trình: asks a leader for an opinion on the open document. */
export async function submitTo(workstation: Workstation, leader: string): Promise<void> {
  const form = await openAct(workstation, 'Trình', 'Trình lãnh đạo');
  await pick(workstation.page, 'Trình ai', leader);
  await saveAct(workstation, form);
  await stateIs(workstation, 'Đã trình');
}

/** Bút phê on the open document, by the leader who is signed in. */
export async function assign(workstation: Workstation, assignment: Assignment): Promise<void> {
  const { page } = workstation;
  const form = await openAct(workstation, 'Bút phê');
  await form.getByLabel('Ý kiến chỉ đạo').fill(assignment.text);
  await pick(page, 'Chủ trì', assignment.lead);
  for (const person of assignment.support ?? []) await pick(page, 'Phối hợp', person);
  if (assignment.due !== undefined) await field(form, 'Hạn').fill(assignment.due);
  await saveAct(workstation, form);
  await stateIs(workstation, 'Đã phân phối');
}

/** Ghi ý kiến on the open document. */
export async function comment(workstation: Workstation, text: string): Promise<void> {
  const form = await openAct(workstation, 'Ghi ý kiến');
  await field(form, 'Ý kiến').fill(text);
  await saveAct(workstation, form);
  await workstation.page.locator('.cv-opinion', { hasText: text }).waitFor();
}

/** Sửa thông tin: writes another Ghi chú into the open document. */
export function correctNote(workstation: Workstation, text: string): Promise<void> {
  return correct(workstation, 'Ghi chú', text);
}

/** Sửa thông tin: writes one field of the open document anew. */
export async function correct(workstation: Workstation, label: string, text: string): Promise<void> {
  await saveCorrection(await fillCorrection(workstation, label, text));
}

/** Sửa thông tin: the form for the open document, with one field written anew and nothing saved yet. */
export async function fillCorrection(
  workstation: Workstation,
  label: string,
  text: string,
): Promise<Locator> {
  const { page } = workstation;
  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: 'Sửa thông tin văn bản đến' });
  await field(form, label).fill(text);
  return form;
}

/** Saves the form; it goes away when the change is durable. */
export async function saveCorrection(form: Locator): Promise<void> {
  await field(form, 'Trích yếu').press('Enter');
  await form.waitFor({ state: 'detached' });
}

/** Ghi chú of the open document, as its properties show it. */
export function shownNote(workstation: Workstation): Locator {
  return shownFact(workstation, 'Ghi chú');
}

/** One of the properties of the open document. */
export function shownFact(workstation: Workstation, label: string): Locator {
  return workstation.page.getByRole('region', { name: 'Thuộc tính' }).locator('.cv-fact', { hasText: label });
}

export async function startWork(workstation: Workstation): Promise<void> {
  await actions(workstation).getByRole('button', { name: 'Bắt đầu xử lý' }).click();
  await stateIs(workstation, 'Đang xử lý');
}

export async function finish(workstation: Workstation, result: string): Promise<void> {
  const form = await openAct(workstation, 'Hoàn thành');
  await field(form, 'Kết quả giải quyết').fill(result);
  await saveAct(workstation, form);
  await stateIs(workstation, 'Hoàn thành');
}

/**
 * Registers a document that arrived through the exchange; its fields are filled in already.
 * @returns số đến
 */
export async function receiveArrived(workstation: Workstation, subject: string): Promise<string> {
  const { page } = workstation;
  await openIncoming(workstation, subject);
  await actions(workstation).getByRole('button', { name: 'Vào sổ', exact: true }).click();
  const form = page.getByRole('form', { name: 'Vào sổ văn bản đến' });
  await form.waitFor();
  await field(form, 'Trích yếu').press('Enter');
  await stateIs(workstation, 'Đã vào sổ');
  const number = page.locator('.cv-doc-head').getByTitle('Số đến');
  await number.filter({ hasText: /^\d+$/ }).waitFor();
  return (await number.textContent()) ?? '';
}

/**
 * Kiểm tra chữ ký on the open incoming document.
 * @returns the words of the verdict, e.g. `Hợp lệ`
 */
export async function checkSignatures(workstation: Workstation): Promise<string> {
  const box = workstation.page.getByRole('group', { name: 'Chữ ký số' }).first();
  await box.getByRole('button', { name: /^Kiểm tra (chữ ký|lại)$/ }).click();
  await box.getByRole('button', { name: 'Kiểm tra lại' }).waitFor({ timeout: 60_000 });
  const verdict = box.locator('.cv-notice-title').first();
  await verdict.waitFor();
  return (await verdict.textContent())?.trim() ?? '';
}

/** Waits until the open document is in this state. */
export async function stateIs(workstation: Workstation, state: string): Promise<void> {
  // Some states have a sign of their own before the word.
  const word = workstation.page.locator('.cv-doc-head .cv-row').getByText(new RegExp(`${state}$`));
  await word.waitFor({ timeout: 30_000 });
}
