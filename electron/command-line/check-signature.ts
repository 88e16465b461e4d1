import process from 'node:process';
import { parseArgs } from 'node:util';
import { AppError } from '@shared/result/result';
import { FileChecker } from './check-files';
import { readCertificates, readRevocationData } from './files';
import { runProgram } from './program';

const help = `Kiểm tra chữ ký số của các tệp PDF; mỗi tệp một dòng JSON. Không dùng mạng nếu không được bảo.

  npm run --silent check-signature -- FILE... [các lựa chọn] --json

  --trust THƯ-MỤC   chứng thư gốc được tin cậy (PEM hoặc DER); không có thì không chữ ký nào được coi là hợp lệ
  --crl THƯ-MỤC     danh sách thu hồi (PEM hoặc DER) và trả lời OCSP (DER)
  --at ISO          thời điểm dùng để xét, ví dụ 2031-01-01T00:00:00Z; không có thì là lúc này
  --online          hỏi dịch vụ chứng thực những gì còn thiếu
  --json            dạng của các dòng; không có dạng khác
  --help

Kết thúc: 0 đã in đủ các dòng; 2 lệnh sai, mã lỗi ở dòng đầu của stderr.
`;

await runProgram(async () => {
  const { files, trust, crl, at, online, isHelp } = readOptions();
  if (isHelp) return void process.stdout.write(help);
  if (files.length === 0) throw new AppError('INVALID_INPUT', 'FILE');
  const checker = new FileChecker({
    anchors: trust === undefined ? [] : await readCertificates(trust),
    revocationData: crl === undefined ? [] : await readRevocationData(crl),
    now: momentOf(at),
    isOnline: online,
  });
  try {
    for (const file of files) process.stdout.write(`${await checker.check(file)}\n`);
  } finally {
    await checker.close();
  }
});

function readOptions() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { trust: text, crl: text, at: text, online: flag, json: flag, help: flag },
    });
    const { help: isHelp, ...rest } = values;
    return { ...rest, isHelp, files: positionals };
  } catch (error) {
    if (error instanceof TypeError) throw new AppError('INVALID_INPUT', error.message);
    throw error;
  }
}

function momentOf(at: string | undefined): number {
  if (at === undefined) return Date.now();
  const moment = Date.parse(at);
  if (Number.isNaN(moment)) throw new AppError('INVALID_INPUT', `--at ${at}`);
  return moment;
}
