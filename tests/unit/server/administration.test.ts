import { describe, expect, it } from 'vitest';
import {
  beginEncryption,
  decrypted,
  encrypted,
  openEncryption,
} from '../../../server/admin/backup/encryption';
import { inOrderOfNeed } from '../../../server/admin/backup/tables';
import { linesOf, zippedLines } from '../../../server/admin/backup/zipped-lines';
import { type Health, healthFaults } from '../../../server/admin/health';
import { dayBefore } from '../../../server/admin/merge-units';
import { day } from '../../../server/cli/command';
import { commands } from '../../../server/cli/commands/index';
import { readCommand, withAbsolutePaths } from '../../../server/cli/read-command';
import { usage } from '../../../server/cli/usage';

const gathered = async (bytes: AsyncIterable<Buffer>) => {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
};

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('commands of the administrator', () => {
  it('the help names every command with every option it has, and no other command', () => {
    const described = new Map<string, string>();
    for (const paragraph of usage.split(/\n(?= {2}[a-z])/)) {
      const name = /^ {2}([a-z-]+(?: [a-z-]+)?)(?= -| \[| {2}|\n|$)/.exec(paragraph)?.[1];
      if (name !== undefined && !name.startsWith('server')) described.set(name, paragraph);
    }
    expect([...described.keys()].sort()).toEqual(Object.keys(commands).sort());
    for (const [name, { texts, flags = [] }] of Object.entries(commands)) {
      const options = name === 'units edit' ? ['id'] : [...texts, ...flags];
      for (const option of options) expect(described.get(name), name).toContain(`--${option}`);
    }
  });

  it('an option that a command does not have is wrong usage, not silently ignored', () => {
    expect(() => readCommand(['units', 'list', '--unit', 'huyen'])).toThrow(/INVALID_INPUT/);
    expect(() => readCommand(['units', 'forget'])).toThrow(/INVALID_INPUT: unknown command: units forget/);
  });

  it('files are named from the root of the disk for a server that works in another folder; other words are not', () => {
    const typed = readCommand(['backup', '--folder', 'copies', '--keep', '3']);
    expect(withAbsolutePaths(typed)).toEqual(['backup', `--folder=${process.cwd()}/copies`, '--keep=3']);
    expect(withAbsolutePaths(readCommand(['audit', '--deep']))).toEqual(['audit', '--deep']);
  });

  it('a day must be in the calendar', () => {
    expect(day({ on: '2028-02-29' }, 'on')).toBe('2028-02-29');
    for (const on of ['2026-02-29', '2026-13-01', '26-01-01', 'today']) {
      expect(() => day({ on }, 'on')).toThrow(/INVALID_INPUT/);
    }
  });

  it('a merged unit ends the day before its successor begins, also over a month and a leap day', () => {
    expect([dayBefore('2026-07-01'), dayBefore('2028-03-01'), dayBefore('2026-01-01')]).toEqual([
      '2026-06-30',
      '2028-02-29',
      '2025-12-31',
    ]);
  });
});

// Each try at a passphrase takes 128 MB and half a second of a processor.
describe('encryption of backups', { timeout: 60_000 }, () => {
  const passphrase = 'mười hai chữ trở lên';

  it('what was encrypted comes back, whatever the size of the chunks; a flipped, cut or longer file does not', async () => {
    const { encryption, key } = await beginEncryption(passphrase);
    const again = await openEncryption(encryption, passphrase);
    const plain = Buffer.from('Báo cáo tháng 3 '.repeat(500));
    for (const content of [plain, Buffer.alloc(0), Buffer.from('x')]) {
      const sealed = await gathered(encrypted(inChunks(content, 333), key));
      expect(sealed.includes('Báo cáo')).toBe(false);
      for (const size of [1, 17, 100_000]) {
        expect((await gathered(decrypted(inChunks(sealed, size), again))).equals(content)).toBe(true);
      }
      const flipped = Buffer.from(sealed);
      flipped.writeUInt8(flipped.readUInt8(flipped.length - 1) ^ 1, flipped.length - 1);
      const broken = [flipped, sealed.subarray(0, -1), Buffer.concat([sealed, Buffer.from('x')])];
      for (const bytes of broken) {
        await expect(gathered(decrypted(inChunks(bytes, 50), key))).rejects.toThrow(/HASH_MISMATCH/);
      }
    }
  });

  it('another passphrase and one of less than twelve letters are refused', async () => {
    const { encryption } = await beginEncryption(passphrase);
    await expect(openEncryption(encryption, `${passphrase} `)).rejects.toThrow(/not that of these backups/);
    await expect(beginEncryption('short')).rejects.toThrow(/12 letters/);
  });
});

describe('rows of a backup', () => {
  it('lines come back as they went, also where a letter is cut between two chunks', async () => {
    const lines = ['{"a":"Đại hội"}', '', '{"b":"một dòng rất dài '.padEnd(200_000, 'ễ')];
    const zipped = await gathered(zippedLines(lines.map((line) => `${line}\n`)));
    const read: string[] = [];
    for await (const line of linesOf(inChunks(zipped, 7))) read.push(line);
    expect(read).toEqual(lines);
  });

  it('bytes that are not compressed lines end in an error, not in fewer lines', async () => {
    const zipped = await gathered(zippedLines(['one\n', 'two\n']));
    const read = async (bytes: Buffer) => {
      for await (const line of linesOf(inChunks(bytes, 5))) void line;
    };
    await expect(read(Buffer.from('not zipped'))).rejects.toThrow();
    await expect(read(zipped.subarray(0, -12))).rejects.toThrow();
  });

  it('a table comes after those its rows point to; a circle is refused', () => {
    const table = (name: string, ...needs: string[]) => ({ name, needs, columns: [], key: [] });
    const order = inOrderOfNeed([
      table('op', 'device'),
      table('upload', 'file', 'op'),
      table('device'),
      table('file'),
    ]);
    expect(order.map(({ name }) => name)).toEqual(['device', 'file', 'op', 'upload']);
    expect(() => inOrderOfNeed([table('a', 'b'), table('b', 'a')])).toThrow(/a, b/);
  });
});

describe('care of a server', () => {
  const now = Date.parse('2026-03-02T08:00:00Z');
  const good: Health = {
    database: 'reachable',
    diskFree: 10e9,
    lastBackup: { at: '2026-03-02T01:00:00Z', ok: true },
    lastAudit: { at: '2026-03-02T02:00:00Z', ok: true },
  };
  const faults = (health: Partial<Health>) =>
    healthFaults({ ...good, ...health }, now, { backupHours: 26, auditHours: 26, diskFree: 5e9 });

  it('says what has to be looked after: database, disk, a backup or an audit that is missing, old or faulty', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ database: 'unreachable' })).toEqual(['database: unreachable']);
    expect(faults({ diskFree: 4e9 })).toEqual(['disk: 4000 MB free']);
    expect(faults({ lastBackup: null })).toEqual(['backup: never']);
    expect(faults({ lastBackup: { at: '2026-03-01T05:59:59Z', ok: true } })).toHaveLength(1);
    expect(faults({ lastAudit: { at: '2026-03-02T02:00:00Z', ok: false } })).toHaveLength(1);
  });
});
