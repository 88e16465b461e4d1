import { parseArgs } from 'node:util';
import { AppError } from '@shared/result/result';
import type { Placement, SigningHash } from '@shared/signing';

export type SignatureLevel = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA';

export type SignArguments = {
  readonly input: string;
  readonly output: string;
  readonly p12: string;
  readonly passwordFile: string;
  readonly level: SignatureLevel;
  readonly tsa: string | null;
  readonly trust: string | null;
  readonly field: string | null;
  readonly placement: Placement | null;
  readonly certify: 1 | 2 | 3 | null;
  readonly hash: SigningHash;
  readonly pss: boolean;
  readonly reason: string | null;
  readonly location: string | null;
  readonly json: boolean;
};

export const signHelp = `Ký số một tệp PDF theo PAdES. Tệp vào không bị thay đổi; tệp ra chỉ xuất hiện khi đã ký xong.

  npm run --silent sign -- IN.pdf OUT.pdf --p12 TỆP --password-file TỆP [các lựa chọn]

  --p12 TỆP               chứng thư và khóa ký (PKCS#12)
  --password-file TỆP     tệp chứa mật khẩu, một dòng
  --level MỨC             B-B (mặc định), B-T, B-LT, B-LTA; các mức trên B-B cần --tsa
  --tsa ĐỊA-CHỈ           dịch vụ cấp dấu thời gian RFC 3161; chỉ khi có nó thì mạng mới được dùng
  --trust THƯ-MỤC         chứng thư gốc được tin cậy (.pem, .crt, .cer, .der), cho B-LT và B-LTA
  --field TÊN             ký vào ô chữ ký còn trống có tên này; chưa có ô thì thêm ô mới
  --visible TRANG,X,Y,RỘNG,CAO
                          chữ ký hiện ra trên trang, kể từ trang 1; đơn vị point, gốc ở góc dưới bên trái
                          của trang như khi nhìn thấy
  --certify 1|2|3         chứng nhận tài liệu, chỉ khi chưa có chữ ký nào: 1 không cho thay đổi, 2 cho điền ô
                          và ký thêm, 3 cho thêm cả ghi chú
  --hash sha256|sha384|sha512
  --pss                   khóa RSA ký theo RSASSA-PSS
  --reason LÝ-DO  --location NƠI-KÝ
  --json                  in kết quả thành một dòng JSON
  --help

Kết thúc: 0 đã ký; 2 từ chối, mã lỗi ở dòng đầu của stderr và không có tệp ra; 1 hỏng vì lý do khác.
`;

/** Reads the arguments; null asks for the help. Throws INVALID_INPUT with the argument that is wrong. */
export function readSignArguments(args: readonly string[]): SignArguments | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [input, output, ...rest] = positionals;
  if (input === undefined || output === undefined || rest.length > 0) throw invalid('IN.pdf OUT.pdf');
  const tsa = values.tsa ?? null;
  const level = oneOf(values.level, ['B-B', 'B-T', 'B-LT', 'B-LTA'], '--level') ?? (tsa ? 'B-T' : 'B-B');
  if ((level === 'B-B') !== (tsa === null)) throw invalid('--tsa');
  const certify = oneOf(values.certify, ['1', '2', '3'], '--certify');
  return {
    input,
    output,
    p12: required(values.p12, '--p12'),
    passwordFile: required(values['password-file'], '--password-file'),
    level,
    tsa,
    trust: values.trust ?? null,
    field: values.field ?? null,
    placement: values.visible === undefined ? null : readPlacement(values.visible),
    certify: certify === null ? null : ({ 1: 1, 2: 2, 3: 3 } as const)[certify],
    hash: oneOf(values.hash, ['sha256', 'sha384', 'sha512'], '--hash') ?? 'sha256',
    pss: values.pss === true,
    reason: values.reason ?? null,
    location: values.location ?? null,
    json: values.json === true,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    p12: text,
    'password-file': text,
    level: text,
    tsa: text,
    trust: text,
    field: text,
    visible: text,
    certify: text,
    hash: text,
    pss: flag,
    reason: text,
    location: text,
    json: flag,
    help: flag,
  };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (error instanceof TypeError) throw invalid(error.message);
    throw error;
  }
}

function invalid(what: string): AppError {
  return new AppError('INVALID_INPUT', what);
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw invalid(name);
  return value;
}

function oneOf<T extends string>(value: string | undefined, choices: readonly T[], name: string): T | null {
  if (value === undefined) return null;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw invalid(`${name} ${value}`);
  return choice;
}

/** PAGE,X,Y,W,H: the page counts from 1, the rest is in points. */
function readPlacement(text: string): Placement {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [page = Number.NaN, x = 0, y = 0, w = 0, h = 0] = numbers;
  const isRectangle = numbers.length === 5 && numbers.every(Number.isFinite) && w > 0 && h > 0;
  if (!isRectangle || !Number.isInteger(page) || page < 1) throw invalid(`--visible ${text}`);
  return { page: page - 1, x, y, w, h };
}
