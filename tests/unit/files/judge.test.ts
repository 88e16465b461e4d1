import { isPassingFile, numberedName } from '@shared/files/folder-names';
import { judgeType } from '@shared/files/judge';
import {
  contentKinds,
  extensionOf,
  isSha256,
  kindOfMime,
  mimeOfKind,
  promisedKind,
} from '@shared/files/kinds';
import { describe, expect, it } from 'vitest';

describe('content against name', () => {
  it.each([
    ['pdf', 'a.pdf', 1, 'pdf', undefined],
    ['pdf', 'A.PDF', 1, 'pdf', undefined],
    ['pdf', 'không có đuôi', 1, 'pdf', undefined],
    ['pdf', 'Báo cáo quý 1.2026', 1, 'pdf', undefined],
    ['pdf', 'a.doc', 1, 'pdf', 'FILE_TYPE_MISMATCH'],
    ['jpeg', 'a.pdf', 1, 'jpeg', 'FILE_TYPE_MISMATCH'],
    ['foreign', 'a.pdf', 1, 'other', 'FILE_TYPE_MISMATCH'],
    ['foreign', 'a.exe', 1, 'other', 'FILE_TYPE_UNSUPPORTED'],
    ['unknown', 'a.pdf', 1, 'pdf', 'FILE_BROKEN'],
    ['unknown', 'a.txt', 1, 'other', 'FILE_TYPE_UNSUPPORTED'],
    ['broken-zip', 'a.docx', 1, 'docx', 'FILE_BROKEN'],
    ['broken-zip', 'a.pdf', 1, 'other', 'FILE_TYPE_MISMATCH'],
    ['encrypted-office', 'a.xlsx', 1, 'xlsx', 'FILE_ENCRYPTED'],
    ['encrypted-office', 'a', 1, 'docx', 'FILE_ENCRYPTED'],
    ['unknown', 'a.pdf', 0, 'pdf', 'FILE_EMPTY'],
    ['unknown', 'a', 0, 'other', 'FILE_EMPTY'],
  ] as const)('%s named %s (%i bytes) → %s, %s', (content, name, size, kind, problem) => {
    expect(judgeType(content, name, size)).toEqual(problem === undefined ? { kind } : { kind, problem });
  });
});

describe('kinds and names', () => {
  it('media type and kind lead back to each other', () => {
    for (const kind of contentKinds) expect(kindOfMime(mimeOfKind(kind))).toBe(kind);
    expect(kindOfMime('Application/PDF; charset=binary')).toBe('pdf');
    expect(kindOfMime('text/html')).toBe('other');
  });

  it('only what follows the last dot is the extension', () => {
    expect(['a.b.PDF', '.ẩn', 'không', 'a.'].map(extensionOf)).toEqual(['pdf', '', '', '']);
    expect(['x.jpeg', 'x.zip', 'x.2026'].map(promisedKind)).toEqual(['jpeg', 'foreign', undefined]);
  });

  it('a SHA-256 has one spelling', () => {
    expect(isSha256('a'.repeat(64))).toBe(true);
    for (const text of ['A'.repeat(64), 'a'.repeat(63), `${'a'.repeat(64)}\n`, '../x'])
      expect(isSha256(text)).toBe(false);
  });

  it('copies in progress and system files are passing files, documents are not', () => {
    for (const name of ['~$a.docx', '.a.pdf', 'a.pdf.part', 'A.TMP', 'Thumbs.db', '~a.tif'])
      expect(isPassingFile(name)).toBe(true);
    for (const name of ['a.pdf', 'phần.part.pdf', 'tmp.pdf']) expect(isPassingFile(name)).toBe(false);
  });

  it('a second file of the same name gets a number before its ending', () => {
    expect(numberedName('tờ trình.pdf', 1)).toBe('tờ trình.pdf');
    expect(numberedName('tờ trình.pdf', 2)).toBe('tờ trình (2).pdf');
    expect(numberedName('không đuôi', 3)).toBe('không đuôi (3)');
  });
});
