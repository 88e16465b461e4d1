import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveVaultFile } from '../../../electron/vault/serve-file';
import { openVault, type Vault } from '../../../electron/vault/vault';

const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(700_000)]);
const address = 'app://vpd/file/x';
let dir: string;
let vault: Vault;
let sha: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cong-van-serve-'));
  vault = await openVault({ dir, masterKey: randomBytes(32) });
  sha = await keep(pdf);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function keep(bytes: Uint8Array): Promise<string> {
  async function* once() {
    yield bytes;
  }
  return (await vault.put(once())).sha256;
}

const ask = (headers: Record<string, string> = {}, method = 'GET', of = sha) =>
  serveVaultFile(vault, new Request(address, { method, headers }), of, { name: 'Tờ trình số 5.pdf' });

describe('serving content', () => {
  it('the whole file: 200 with type, length, guards and name', async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(pdf.length),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'no-store',
      etag: `"${sha}"`,
      'content-disposition': "inline; filename*=UTF-8''T%E1%BB%9D%20tr%C3%ACnh%20s%E1%BB%91%205.pdf",
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(pdf)).toBe(true);
  });

  it.each([
    ['bytes=0-99', 0, 100],
    ['bytes=300000-', 300_000, pdf.length],
    ['bytes=-50', pdf.length - 50, pdf.length],
    [`bytes=10-${pdf.length + 5}`, 10, pdf.length],
    [`bytes=${pdf.length - 1}-${pdf.length - 1}`, pdf.length - 1, pdf.length],
  ])('RFC 9110 14.1.2: %s → 206 with just these bytes', async (range, start, end) => {
    const response = await ask({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${pdf.length}`);
    expect(response.headers.get('content-length')).toBe(String(end - start));
    expect(Buffer.from(await response.arrayBuffer()).equals(pdf.subarray(start, end))).toBe(true);
  });

  it.each([`bytes=${pdf.length}-`, 'bytes=-0', 'bytes=99999999-100000000'])('%s → 416', async (range) => {
    const response = await ask({ range });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${pdf.length}`);
  });

  it.each(['bytes=5-2', 'bytes=-', 'lines=1-2', 'bytes=0-1,5-6', 'nonsense'])(
    '%s is ignored: 200',
    async (range) => {
      const response = await ask({ range });
      expect(response.status).toBe(200);
      await response.body?.cancel();
    },
  );

  it('If-Range with another tag gives the whole, with ours the part; If-None-Match gives 304', async () => {
    const other = await ask({ range: 'bytes=0-9', 'if-range': '"other"' });
    expect(other.status).toBe(200);
    await other.body?.cancel();
    const ours = await ask({ range: 'bytes=0-9', 'if-range': `"${sha}"` });
    expect(ours.status).toBe(206);
    expect((await ours.arrayBuffer()).byteLength).toBe(10);
    expect((await ask({ 'if-none-match': `"${sha}"` })).status).toBe(304);
  });

  it('HEAD gives no body, other methods 405, unknown content 404, a bad name 400', async () => {
    const head = await ask({}, 'HEAD');
    expect([head.status, head.body, head.headers.get('content-length')]).toEqual([
      200,
      null,
      String(pdf.length),
    ]);
    expect((await ask({}, 'POST')).status).toBe(405);
    const missing = await ask({}, 'GET', '0'.repeat(64));
    expect([missing.status, missing.headers.get('x-error-code')]).toEqual([404, 'FILE_NOT_FOUND']);
    expect((await ask({}, 'GET', '../key-check')).status).toBe(400);
  });

  it('empty content: 200 with nothing, any range 416', async () => {
    const empty = await keep(Buffer.alloc(0));
    const response = await ask({}, 'GET', empty);
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 0]);
    expect((await ask({ range: 'bytes=0-' }, 'GET', empty)).status).toBe(416);
  });

  it.each([
    '<!DOCTYPE html><script>alert(1)</script>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '\ufeff <?xml version="1.0"?><a/>',
    'text',
  ])('active content is never served as such: %s', async (text) => {
    const content = await keep(Buffer.from(text));
    for (const mime of ['text/html', 'image/svg+xml', 'application/pdf', 'image/png']) {
      const response = await serveVaultFile(vault, new Request(address), content, { mime });
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
      await response.body?.cancel();
    }
  });

  it('damage on the disk: 500 with the code at the start, a torn stream later', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(600_000)]);
    const broken = await keep(bytes);
    const path = join(dir, 'blobs', broken.slice(0, 2), broken.slice(2, 4), broken);
    const handle = await open(path, 'r+');
    await handle.write(Buffer.alloc(4), 0, 4, 256 + 300_000);
    const late = await ask({}, 'GET', broken);
    expect(late.status).toBe(200);
    await expect(late.arrayBuffer()).rejects.toMatchObject({ code: 'FILE_DAMAGED_ON_DISK' });
    await handle.write(Buffer.alloc(4), 0, 4, 256 + 10);
    await handle.close();
    const early = await ask({}, 'GET', broken);
    expect([early.status, early.headers.get('x-error-code')]).toEqual([500, 'FILE_DAMAGED_ON_DISK']);
  });
});
