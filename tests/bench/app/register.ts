import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PrintJob } from '@shared/ipc/print-jobs';
import type { IncomingRegisterRow } from '@shared/print/print-types';
import { registerColumns } from '@shared/print/register-types';
import { BrowserWindow } from 'electron';
import { startDocumentProcess } from '../../../electron/main/services/document-process';
import { createDocumentWorker } from '../../../electron/main/services/document-worker';
import { openVault } from '../../../electron/vault/vault';
import { alternate, type Row, timed } from '../rounds';

/**
 * A year's register as a PDF by the document worker, against Chromium printing the same table from HTML.
 * @param folder exists and may be filled
 * @param worker the built document worker
 */
export async function measureRegister(
  folder: string,
  worker: string,
  entries: number,
  rounds: number,
): Promise<readonly Row[]> {
  const vault = await openVault({ dir: path.join(folder, 'register-vault'), masterKey: randomBytes(32) });
  const documents = createDocumentWorker(() => startDocumentProcess(worker, 'documents'));
  const rows = Array.from({ length: entries }, (_, index) => registerRow(index + 1));
  const page = path.join(folder, 'register.html');
  await writeFile(page, registerPage(rows));
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, javascript: false } });
  try {
    const series = await alternate(rounds, {
      ours: async () => {
        const target = vault.newFile();
        const ms = await timed(() => documents.run('typeset', { job: registerJob(rows), files: [], target }));
        await vault.discard(target);
        return ms;
      },
      limit: () =>
        timed(async () => {
          await window.loadFile(page);
          await window.webContents.printToPDF({ landscape: true, pageSize: 'A4' });
        }),
    });
    const what = `typeset a register of ${entries.toLocaleString('en')} rows`;
    return [{ what, against: 'Chromium prints the table', target: 1.5, ...series }];
  } finally {
    window.destroy();
    await documents.close();
  }
}

function registerJob(rows: readonly IncomingRegisterRow[]): PrintJob {
  const cover = {
    superior: 'LIÊN ĐOÀN LAO ĐỘNG TỈNH AN BÌNH',
    issuer: 'LIÊN ĐOÀN LAO ĐỘNG HUYỆN VĨNH HÒA',
    year: 2026,
    from: '2026-01-02',
    to: '2026-12-31',
    fromNumber: 1,
    toNumber: rows.length,
    volume: 1,
  };
  return { kind: 'register', data: { book: 'incoming', cover, rows: [...rows] } };
}

function registerRow(number: number): IncomingRegisterRow {
  return {
    arrivedOn: '2026-03-05',
    arrivalNumber: number,
    author: 'Liên đoàn Lao động tỉnh An Bình',
    symbol: `${number}/KH-LĐLĐ`,
    documentDate: '2026-03-03',
    subject: `Kế hoạch kiểm tra việc thực hiện nhiệm vụ trọng tâm, đợt ${number}, tại các công đoàn cơ sở trực thuộc`,
    receiver: 'Vũ Đình Khoa',
    forwardedOn: '2026-03-05',
    note: '',
  };
}

function registerPage(rows: readonly IncomingRegisterRow[]): string {
  const columns = registerColumns.incoming;
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  const cells = (row: IncomingRegisterRow): readonly string[] => [
    row.arrivedOn,
    String(row.arrivalNumber),
    row.author,
    row.symbol,
    row.documentDate,
    row.subject,
    row.receiver,
    row.forwardedOn,
    '',
    row.note,
  ];
  const widths = columns.map(({ share }) => `<col style="width:${share}mm">`).join('');
  return [
    '<!doctype html><meta charset="utf-8"><style>table{border-collapse:collapse;table-layout:fixed;font:12pt serif}',
    'td,th{border:1px solid}</style><table><colgroup>',
    `${widths}</colgroup><thead>${line(
      'th',
      columns.map(({ title }) => title),
    )}</thead>`,
    ...rows.map((row) => line('td', cells(row))),
    '</table>',
  ].join('\n');
}
