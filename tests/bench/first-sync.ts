import path from 'node:path';
import { longestOf, watchLongTasks } from '../driver/long-tasks';
import { rowsInPage, untilRowsInPage } from '../driver/page-rows';
import { Province } from '../driver/province';
import { seedDocuments } from '../driver/seed-documents';
import { Workstation } from '../driver/workstation';
import { untilReady } from './cold-start';
import { alternate, type Row } from './rounds';

/** A task that a person feels (RAIL, Long Tasks API). */
const felt = 50;

/**
 * A new workstation fetches all documents of its unit while their list is open: the longest task of the window that the
 * person uses, from before the first of them comes until the last is in its database, in the real application against the
 * real server. Then starts with its full database, beside those of a workstation that has next to nothing.
 * @param root the checkout, whose out/ holds the built application
 */
export async function measureFirstSync(
  root: string,
  folder: string,
  documents: number,
  starts: number,
): Promise<readonly Row[]> {
  const province = await Province.start(path.join(folder, 'first-sync'));
  try {
    const full = await Workstation.open(province, 'huyen', 'MAY-MOI');
    const longest = await longestTask(province, full, documents);
    await full.close();
    const small = await Workstation.open(province, 'coso-a', 'MAY-IT');
    await small.close();
    const start = (profile: string) => () => untilReady([root, `--data=${profile}`, '--exit-after-ready']);
    const again = await alternate(starts, { ours: start(full.profile), limit: start(small.profile) }, false);
    const of = documents.toLocaleString('en');
    return [
      {
        what: `longest task of the window, first pull of ${of}`,
        against: '50 ms',
        target: 1,
        ours: [longest],
        limit: [felt],
      },
      { what: `start with ${of} documents`, against: 'start with none', target: 1.3, ...again },
    ];
  } finally {
    await province.end();
  }
}

/** The documents come to the server only when the list is open: to open it is work of another kind. */
async function longestTask(province: Province, workstation: Workstation, documents: number): Promise<number> {
  const { page } = workstation;
  await workstation.signIn('Lê Thị Thu Hằng');
  await workstation.goTo('Văn bản đến');
  await page.getByRole('listbox', { name: 'Văn bản đến' }).getByRole('option').first().waitFor();
  await page.locator('canvas').first().waitFor();
  await workstation.settle();
  await province.stopServer();
  await seedDocuments(province, 'huyen', documents);
  const before = await rowsInPage(page, 'incoming');
  const longTasks = await watchLongTasks(page);
  await province.startServer();
  await page.keyboard.press('F9');
  const footer = page.getByRole('contentinfo', { name: 'Trạng thái' });
  const limitMs = 60_000 + documents * 10;
  await footer.getByText(/^Đang nhận/).waitFor({ timeout: limitMs });
  await footer.getByText(/^Đang (đồng bộ|nhận)/).waitFor({ state: 'hidden', timeout: limitMs });
  await untilRowsInPage(page, 'incoming', before + documents, limitMs);
  return longestOf(await longTasks());
}
