import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { pickFromFew } from '../driver/fields';
import { openIntake, openRegistration, takeIn } from '../driver/incoming-acts';
import { Province } from '../driver/province';
import { auditServer } from '../driver/server-admin';
import { compareWithServer, networkIs, waitingCount } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';
import { letter, paperFolder, sha256 } from './papers';
import { fileInPage } from './vault-page';

const clerk = 'Lê Thị Thu Hằng';
const purgeAct = 'Gỡ tệp khỏi máy và máy chủ';

let folder: string;
let province: Province;
let one: Workstation;
/** A second workstation of the same office: it has the file as well. */
let two: Workstation;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  one = await Workstation.open(province, 'huyen', 'MAY-MOT');
  two = await Workstation.open(province, 'huyen', 'MAY-HAI');
  for (const workstation of [one, two]) {
    await workstation.signIn(clerk);
    await workstation.settle();
  }
});

test.afterAll(async () => {
  await one?.close();
  await two?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

const shaOf = (file: string): string => sha256(readFileSync(file));
const blob = (root: string, sha: string): string => path.join(root, sha.slice(0, 2), sha.slice(2, 4), sha);
const inVault = (workstation: Workstation, file: string): boolean =>
  existsSync(blob(path.join(workstation.profile, 'vault', 'blobs'), shaOf(file)));
const onServer = (file: string): boolean =>
  existsSync(blob(path.join(province.folder, 'server', 'files'), shaOf(file)));

/** Which of these words are anywhere in the page's own databases. */
function traces(workstation: Workstation, words: readonly string[]): Promise<readonly string[]> {
  return workstation.page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('indexedDB'));
      });
    let text = JSON.stringify(Object.entries(localStorage));
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames)
        text += JSON.stringify(await done(database.transaction(store).objectStore(store).getAll()));
      database.close();
    }
    return wanted.filter((word) => text.includes(word));
  }, words);
}
const tracesOf = (workstation: Workstation, file: string) =>
  traces(workstation, [path.basename(file), shaOf(file)]);

/** Chooses Mật for a waiting file in Vào sổ and removes it for good. */
async function removeAsSecret(workstation: Workstation, file: string): Promise<void> {
  const { page } = workstation;
  await openRegistration(workstation, path.basename(file));
  await pickFromFew(page, 'Độ mật', 'Mật');
  await expect(page.getByText('Vùng tệp đã đóng vì văn bản có độ mật.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Xóa biểu mẫu và quay lại' })).toHaveCount(0);
  await page.getByRole('button', { name: purgeAct }).click();
  await page.getByRole('dialog').getByRole('button', { name: purgeAct }).click();
  await page.getByText('Đã gỡ tệp.').first().waitFor();
}

/** Waits until neither bytes nor name nor hash are on this machine: a notice of an earlier removal may still be in sight. */
async function isGoneFrom(workstation: Workstation, file: string): Promise<void> {
  await expect.poll(() => inVault(workstation, file), { timeout: 15_000 }).toBe(false);
  await expect.poll(() => tracesOf(workstation, file), { timeout: 15_000 }).toEqual([]);
}

async function putAside(workstation: Workstation, file: string, reason: string): Promise<void> {
  const { page } = workstation;
  await openIntake(workstation, file);
  await page.getByRole('button', { name: 'Để riêng', exact: true }).last().click();
  await page.getByRole('textbox', { name: 'Lý do để riêng' }).fill(reason);
  await page.keyboard.press('Enter');
  await page.getByText('Đã để riêng').first().waitFor();
}

let secret: string;

test('a secret scan that was taken in goes from this machine at once, without the server', async () => {
  secret = await letter(folder, 'van ban mat.pdf');
  await takeIn(one, [secret]);
  await one.settle();
  await two.settle();
  await expect.poll(() => onServer(secret), { timeout: 30_000 }).toBe(true);
  await expect.poll(() => inVault(two, secret), { timeout: 30_000 }).toBe(true);
  expect(await tracesOf(two, secret)).toHaveLength(2);

  await province.stopServer();
  await putAside(two, secret, 'bản thừa của van ban mat.pdf');
  await removeAsSecret(one, secret);
  await expect(one.page.getByRole('option', { name: path.basename(secret) })).toHaveCount(0);
  await isGoneFrom(one, secret);
  expect(await fileInPage(one, shaOf(secret))).toBe('');
});

test('what stays is a record: something was removed, by whom and when', async () => {
  const { page } = one;
  await page.getByRole('group', { name: 'Trạng thái' }).getByText('Đã gỡ').click();
  await page.getByRole('option', { name: 'Tệp mật đã gỡ' }).click();
  const record = page.getByRole('region', { name: 'Thuộc tính' });
  await expect(record.getByText(clerk)).toBeVisible();
  await expect(record.getByText('Gỡ lúc')).toBeVisible();
});

test('when the server is back it goes from there and from the other machine; only work on it may be refused', async () => {
  await province.startServer();
  await one.settle();
  expect(onServer(secret)).toBe(false);
  await two.settle();
  await one.settle();
  await expect.poll(() => inVault(two, secret), { timeout: 30_000 }).toBe(false);
  for (const workstation of [one, two]) {
    expect(await tracesOf(workstation, secret)).toEqual([]);
    expect(await waitingCount(workstation)).toBe(0);
    expect(await compareWithServer(workstation)).toBe(true);
  }
  await expect(one.page.getByRole('tab', { name: 'Không qua được', exact: true })).toBeVisible();
  // The other machine had set the item aside meanwhile: sent after the removal, that is refused; sent before, it is not.
  await expect(two.page.getByRole('tab', { name: /^Không qua được( \(1\))?$/ })).toBeVisible();
  expect(await auditServer(province)).toBe('no fault');
});

test('a secret scan that the server has never heard of is never told to it', async () => {
  await province.stopServer();
  const unsent = await letter(folder, 'chua gui.pdf');
  await networkIs(one, 'offline');
  await takeIn(one, [unsent]);
  await removeAsSecret(one, unsent);
  await isGoneFrom(one, unsent);
  await one.close();
  await one.reopen();
  await one.signIn(clerk);
  await province.startServer();
  await one.settle();
  await two.settle();
  expect(onServer(unsent)).toBe(false);
  expect([await tracesOf(one, unsent), await tracesOf(two, unsent)]).toEqual([[], []]);
  expect(await compareWithServer(one)).toBe(true);
  expect(await auditServer(province)).toBe('no fault');
});

test('a PDF attached to a draft that turns out secret goes when the form is cleared', async () => {
  const { page } = one;
  const attached = await letter(folder, 'du thao mat.pdf');
  await one.goTo('Văn bản đi');
  await page.getByRole('button', { name: 'Soạn văn bản đi' }).click();
  await page.locator('[data-file-for="Chọn tệp PDF"]').setInputFiles(attached);
  await expect.poll(() => inVault(one, attached)).toBe(true);
  await page.getByText(path.basename(attached)).first().waitFor();
  await pickFromFew(page, 'Độ mật', 'Tối mật');
  await page.getByRole('button', { name: 'Xóa biểu mẫu và quay lại' }).click();
  await expect.poll(() => inVault(one, attached)).toBe(false);
  expect(await tracesOf(one, attached)).toEqual([]);
});

test('work that the server refused is read, put away, counted no more and still found', async () => {
  const twice = await letter(folder, 'hai may cung lam.pdf');
  await takeIn(one, [twice]);
  await one.settle();
  await two.settle();
  await province.stopServer();
  await putAside(one, twice, 'máy một');
  await putAside(two, twice, 'máy hai');
  await province.startServer();
  await one.settle();
  await two.settle();
  const act = `Để riêng tệp: ${path.basename(twice)}`;
  // Whoever reached the server second was refused.
  const loser = (await isRefused(one, act)) ? one : two;
  expect(await isRefused(loser, act)).toBe(true);
  const before = await refusals(loser);
  const refused = loser.page.getByRole('listitem', { name: act });
  await refused.getByRole('button', { name: 'Đã xem, cất đi' }).click();
  await expect.poll(() => refusals(loser)).toBe(before - 1);
  await loser.close();
  await loser.reopen();
  await loser.signIn(clerk);
  await loser.goTo('Đồng bộ');
  await loser.page.getByRole('tab', { name: /^Không qua được/ }).click();
  await loser.page.getByText('Đã cất (1)').click();
  await expect(loser.page.getByText(act)).toBeVisible();
});

/** Shows what was refused on this machine and says whether this act is among it. */
async function isRefused(workstation: Workstation, act: string): Promise<boolean> {
  const { page } = workstation;
  await workstation.goTo('Đồng bộ');
  await page.getByRole('tab', { name: /^Không qua được/ }).click();
  await page
    .getByText('Mọi việc đều qua được.')
    .or(page.getByRole('heading', { name: 'Việc bị từ chối' }))
    .first()
    .waitFor();
  return page.getByRole('listitem', { name: act }).isVisible();
}

/** The count on the tab of what went wrong. */
async function refusals(workstation: Workstation): Promise<number> {
  const tab = workstation.page.getByRole('tab', { name: /^Không qua được/ });
  return Number(/\((\d+)\)/.exec((await tab.textContent()) ?? '')?.[1] ?? 0);
}

test('no page can send work in the name of somebody who has never signed in here', async () => {
  const push = (actor: string) =>
    one.syncPage.evaluate(async (who) => {
      const { desktop } = window as unknown as {
        desktop: { invoke(channel: string, input: unknown): Promise<unknown> };
      };
      const changes = [{ coll: 'intake', id: 'x', base: 0, create: false, patch: {} }];
      const operation = { op: 'x:1', n: 1, command: 'intake.restore', actor: who, at: '', changes };
      return desktop.invoke('net:push', { epoch: '', ops: [operation] });
    }, actor);
  expect(await push('huyen-ct')).toEqual({ ok: false, error: { code: 'FORBIDDEN', detail: 'actor' } });
  expect(await push('huyen-vt')).not.toEqual({ ok: false, error: { code: 'FORBIDDEN', detail: 'actor' } });
});
