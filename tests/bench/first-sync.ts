import path from 'node:path';
import { longestOf, watchLongTasks } from '../driver/long-tasks';
import { Province } from '../driver/province';
import { seedDocuments } from '../driver/seed-documents';
import { Workstation } from '../driver/workstation';
import { untilReady } from './cold-start';
import { alternate, type Row } from './rounds';

/** A task that a person feels (RAIL, Long Tasks API). */
const felt = 50;

/**
 * A new workstation fetches all documents of its unit while a list is open: the longest task of the window that the
 * person uses, in the real application against the real server. Then starts with its full database, beside those of a
 * workstation that has next to nothing.
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
    await province.stopServer();
    await seedDocuments(province, 'huyen', documents);
    await province.startServer();
    const full = await Workstation.open(province, 'huyen', 'MAY-MOI');
    const longest = await longestTask(full, documents);
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

async function longestTask(workstation: Workstation, documents: number): Promise<number> {
  const { page } = workstation;
  await workstation.signIn('Lê Thị Thu Hằng');
  await workstation.goTo('Văn bản đến');
  await page.getByRole('listbox', { name: 'Văn bản đến' }).getByRole('option').first().waitFor();
  const longTasks = await watchLongTasks(page);
  const busy = page.getByRole('contentinfo', { name: 'Trạng thái' }).getByText(/^Đang (đồng bộ|nhận)/);
  await busy.waitFor({ state: 'hidden', timeout: 60_000 + documents * 10 });
  return longestOf(await longTasks());
}
