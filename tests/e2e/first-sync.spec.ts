import { expect, test } from '@playwright/test';
import { register } from '../driver/incoming-acts';
import { longestOf, watchLongTasks } from '../driver/long-tasks';
import { Province } from '../driver/province';
import { seedDocuments } from '../driver/seed-documents';
import { compareWithServer, waitingCount } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';

const clerk = 'Lê Thị Thu Hằng';
/** 100,000 is what a busy office has after some years; CONG_VAN_DOCUMENTS asks for that. */
const documents = Number(process.env['CONG_VAN_DOCUMENTS'] ?? 8_000);
const limit = 120_000 + documents * 10;

let province: Province;
let workstation: Workstation;

test.describe.configure({ mode: 'serial', timeout: limit });

test.beforeAll(async () => {
  test.setTimeout(limit);
  province = await Province.start();
  await province.stopServer();
  await seedDocuments(province, 'huyen', documents);
  await province.startServer();
  workstation = await Workstation.open(province, 'huyen', 'MAY-MOI');
  await workstation.signIn(clerk);
});

test.afterAll(async () => {
  await workstation?.close();
  await province?.end();
});

test(`while ${documents} documents come for the first time, the list can be used`, async () => {
  const { page } = workstation;
  await workstation.goTo('Văn bản đến');
  const list = page.getByRole('listbox', { name: 'Văn bản đến' });
  await list.getByRole('option').first().click();
  const longTasks = await watchLongTasks(page);
  const footer = page.getByRole('contentinfo', { name: 'Trạng thái' });
  const busy = footer.getByText(/^Đang (đồng bộ|nhận)/);
  await expect(footer).toContainText(/Đang nhận [\d.]+\/[\d.]+/);
  let moved = 0;
  while (await busy.isVisible()) {
    const before = await activeRow(workstation);
    await page.keyboard.press(moved % 40 < 20 ? 'ArrowDown' : 'ArrowUp');
    await expect.poll(() => activeRow(workstation), { intervals: [20], timeout: 10_000 }).not.toBe(before);
    moved += 1;
  }
  const tasks = await longTasks();
  const longest = longestOf(tasks).toFixed(0);
  process.stdout.write(
    `${moved} moves in ${tasks.seconds.toFixed(0)} s, ${tasks.durations.length} tasks over 50 ms, the longest ${longest} ms\n`,
  );
  expect(moved, 'the list was used before everything had come').toBeGreaterThan(10);
});

test('then every document is here, and the machine and the server hold the same rows', async () => {
  const { page } = workstation;
  await workstation.settle();
  expect(await compareWithServer(workstation)).toBe(true);
  const unit = page.getByRole('table', { name: 'Đối chiếu với máy chủ' }).locator('tbody tr').last();
  const rows = (await unit.locator('td').nth(1).textContent()) ?? '';
  expect(Number(rows.replaceAll(/\D/g, ''))).toBeGreaterThan(documents);
});

test('when the process of the sync window dies, another takes over, and work goes to the server', async () => {
  for (let deaths = 1; deaths <= 2; deaths += 1) {
    await killSyncWindow(workstation);
    await register(workstation, {
      number: String(7000 + deaths),
      symbol: 'CV-LĐLĐ',
      date: '2/11',
      issuer: 'Liên đoàn Lao động tỉnh An Bình',
      type: 'Công văn',
      subject: `Văn bản sau lần dừng thứ ${deaths}.`,
    });
    await workstation.settle();
    expect(await waitingCount(workstation)).toBe(0);
  }
  expect(await compareWithServer(workstation)).toBe(true);
});

async function killSyncWindow({ app }: Workstation): Promise<void> {
  const killed = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) =>
      one.webContents.getURL().endsWith('sync.html'),
    );
    const before = window?.webContents.getOSProcessId() ?? 0;
    window?.webContents.forcefullyCrashRenderer();
    return before;
  });
  expect(killed).toBeGreaterThan(0);
}

/** Which row of the list the keyboard is on. */
async function activeRow({ page }: Workstation): Promise<string> {
  const list = page.getByRole('listbox', { name: 'Văn bản đến' });
  return (await list.getAttribute('aria-activedescendant')) ?? '';
}
