import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { Upload } from 'tus-js-client';
import { describe, expect, it } from 'vitest';
import { issue, type Office } from './office';
import { type PlainClient, read, refusalOf, sha256, versions } from './plain-client';
import { newIntake } from './rows';

const tus = { 'tus-resumable': '1.0.0' };
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** Files: resumable, verified, by range, and only for those who may read them. */
export function fileRules(office: () => Office): void {
  const begin = async (device: PlainClient, size: number, hash: string): Promise<string> => {
    const response = await device.raw('/v1/files/upload', {
      method: 'POST',
      headers: {
        ...tus,
        'upload-length': String(size),
        'upload-metadata': `sha256 ${base64(hash)},name ${base64('văn bản.pdf')}`,
      },
    });
    if (response.status !== 201) await read(response);
    return response.headers.get('location') ?? '';
  };
  const patch = (device: PlainClient, location: string, offset: number, body: Uint8Array) =>
    device.raw(location, {
      method: 'PATCH',
      headers: {
        ...tus,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      body: body as Uint8Array<ArrayBuffer>,
    });
  const offsetOf = async (device: PlainClient, location: string) =>
    Number((await device.raw(location, { method: 'HEAD', headers: tus })).headers.get('upload-offset'));
  const upload = async (device: PlainClient, bytes: Uint8Array, hash = sha256(bytes)) => {
    const response = await patch(device, await begin(device, bytes.length, hash), 0, bytes);
    if (response.status !== 204) await read(response);
    return hash;
  };
  const get = (device: PlainClient, hash: string, headers: Record<string, string> = {}) =>
    device.raw(`/v1/files/${hash}`, { headers });
  const missing = async (device: PlainClient, ...hashes: readonly string[]) =>
    (await device.post<{ missing: string[] }>('/v1/files/have', { sha256: hashes })).missing;
  const twoUnits = async () =>
    [
      await office().newDevice(await office().newUnit()),
      await office().newDevice(await office().newUnit()),
    ] as const;

  /** Announces a whole body, sends part of it and tears the connection. */
  const sendAndTear = (
    device: PlainClient,
    location: string,
    offset: number,
    all: Uint8Array,
    part: number,
  ) =>
    new Promise<void>((resolve) => {
      const call = request(device.server + location, {
        method: 'PATCH',
        headers: {
          ...versions,
          ...tus,
          authorization: `Bearer ${device.access}`,
          'upload-offset': offset,
          'content-type': 'application/offset+octet-stream',
          'content-length': all.length - offset,
        },
      });
      call.once('error', () => resolve());
      call.once('close', () => resolve());
      call.write(all.subarray(offset, offset + part), () => setTimeout(() => call.destroy(), 60));
    });

  describe('files', () => {
    it('an upload that is cut five times goes on where it broke and arrives unchanged', async () => {
      const [device] = await twoUnits();
      const bytes = randomBytes(3_000_000);
      const hash = sha256(bytes);
      const location = await begin(device, bytes.length, hash);
      let sent = 0;
      for (let cut = 0; cut < 5; cut++) {
        await sendAndTear(device, location, sent, bytes, 300_000);
        await expect.poll(() => offsetOf(device, location)).toBeGreaterThan(sent);
        sent = await offsetOf(device, location);
        expect(await missing(device, hash)).toEqual([hash]);
      }
      expect((await get(device, hash)).status).toBe(404);
      const last = await patch(device, location, sent, bytes.subarray(sent));
      expect(last.status).toBe(204);
      expect(await missing(device, hash)).toEqual([]);
      const response = await get(device, hash);
      expect(response.headers.get('etag')).toBe(`"${hash}"`);
      expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(hash);
    });

    it('bytes that are not the announced ones are thrown away', async () => {
      const [device] = await twoUnits();
      const hash = sha256('announced');
      expect(await refusalOf(upload(device, Buffer.from('different'), hash))).toMatchObject({
        status: 460,
        code: 'HASH_MISMATCH',
      });
      expect(await missing(device, hash, sha256('different'))).toEqual([hash, sha256('different')]);
      expect((await get(device, hash)).status).toBe(404);
      expect(await readdir(office().server.context.uploads)).not.toContain(
        expect.stringContaining(device.device),
      );
      await upload(device, Buffer.from('announced'));
      expect(await (await get(device, hash)).text()).toBe('announced');
    });

    it('an upload without a proper hash, or larger than allowed, is not begun', async () => {
      const [device] = await twoUnits();
      for (const hash of ['', 'ABC', '../../../etc/passwd', 'G'.repeat(64)]) {
        expect(await refusalOf(begin(device, 10, hash))).toMatchObject({
          status: 400,
          code: 'INVALID_INPUT',
        });
      }
      const { uploadBytes } = office().server.context.limits;
      expect(await refusalOf(begin(device, uploadBytes + 1, sha256('x')))).toMatchObject({
        status: 413,
        code: 'FILE_TOO_LARGE',
      });
    });

    it('an upload can be continued or ended by its own device only', async () => {
      const [device, other] = await twoUnits();
      const bytes = Buffer.from('only mine');
      const location = await begin(device, bytes.length, sha256(bytes));
      expect((await patch(other, location, 0, bytes)).status).toBe(404);
      expect((await other.raw(location, { method: 'HEAD', headers: tus })).status).toBe(404);
      expect((await other.raw(location, { method: 'DELETE', headers: tus })).status).toBe(404);
      other.access = 'none';
      expect((await patch(other, location, 0, bytes)).status).toBe(401);
      expect((await patch(device, location, 0, bytes)).status).toBe(204);
    });

    it('ranges, RFC 9110, 14: a part, an end, a tail, an impossible one', async () => {
      const [device] = await twoUnits();
      const bytes = randomBytes(10_000);
      const hash = await upload(device, bytes);
      const part = async (range: string, more: Record<string, string> = {}) => {
        const response = await get(device, hash, { range, ...more });
        const body = Buffer.from(await response.arrayBuffer());
        return { status: response.status, header: response.headers.get('content-range'), body };
      };
      const { status, header, body } = await part('bytes=100-199');
      expect([status, header, body.equals(bytes.subarray(100, 200))]).toEqual([
        206,
        'bytes 100-199/10000',
        true,
      ]);
      expect((await part('bytes=9990-')).body.equals(bytes.subarray(9990))).toBe(true);
      expect((await part('bytes=-5')).body.equals(bytes.subarray(9995))).toBe(true);
      expect((await part('bytes=0-999999')).header).toBe('bytes 0-9999/10000');
      expect(await part('bytes=10000-')).toMatchObject({ status: 416, header: 'bytes */10000' });
      expect((await part('bytes=0-1,5-6')).status).toBe(200);
      expect((await part('bytes=0-9', { 'if-range': '"other"' })).status).toBe(200);
      const head = await device.raw(`/v1/files/${hash}`, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([
        200,
        '10000',
        'bytes',
      ]);
      expect((await get(device, hash, { 'if-none-match': `"${hash}"` })).status).toBe(304);
    });

    it('a small file may come with the request that begins its upload', async () => {
      const [device] = await twoUnits();
      const bytes = Buffer.from('at once');
      const response = await device.raw('/v1/files/upload', {
        method: 'POST',
        headers: {
          ...tus,
          'upload-length': String(bytes.length),
          'upload-metadata': `sha256 ${base64(sha256(bytes))}`,
          'content-type': 'application/offset+octet-stream',
        },
        body: bytes,
      });
      expect([response.status, response.headers.get('upload-offset')]).toEqual([201, '7']);
      expect(await (await get(device, sha256(bytes))).text()).toBe('at once');
    });

    it('the common tus client sends a file in pieces', async () => {
      const [device] = await twoUnits();
      const bytes = randomBytes(1_000_000);
      await new Promise<void>((resolve, reject) => {
        new Upload(bytes, {
          endpoint: `${device.server}/v1/files/upload`,
          chunkSize: 300_000,
          retryDelays: null,
          metadata: { sha256: sha256(bytes), name: 'văn bản.pdf' },
          headers: { ...versions, authorization: `Bearer ${device.access}` },
          onSuccess: () => resolve(),
          onError: reject,
        }).start();
      });
      expect((await get(device, sha256(bytes))).headers.get('content-length')).toBe('1000000');
    });

    it('an empty file is a file', async () => {
      const [device] = await twoUnits();
      await begin(device, 0, sha256(''));
      const response = await get(device, sha256(''));
      expect([response.status, await response.text()]).toEqual([200, '']);
    });

    it('a foreign file is not there: not for asking, not by naming its hash, not by guessing paths', async () => {
      const [mine, stranger] = await twoUnits();
      const secret = randomBytes(2_000);
      const hash = await upload(mine, secret);
      await mine.act(
        `${mine.unit}-clerk`,
        'intake.add',
        newIntake(mine.unit, `f-${mine.unit}`, secret.toString('latin1')),
      );
      expect((await get(stranger, hash)).status).toBe(404);
      expect(await missing(stranger, hash)).toEqual([hash]);
      const claim = newIntake(stranger.unit, `f-${stranger.unit}`);
      const named = { ...(claim.patch['file'] as object), sha256: hash, size: secret.length };
      const claimed = { ...claim, patch: { ...claim.patch, file: named } };
      expect(await stranger.act(`${stranger.unit}-clerk`, 'intake.add', claimed)).toMatchObject({
        status: 'ok',
      });
      expect((await get(stranger, hash)).status).toBe(404);
      await upload(stranger, secret);
      expect((await get(stranger, hash)).status).toBe(200);
      for (const path of [
        '..%2f..%2fserver.pid',
        '%2e%2e',
        `${hash}%00`,
        hash.toUpperCase(),
        'upload%2f..',
      ]) {
        const response = await mine.raw(`/v1/files/${path}`);
        expect([404, 400]).toContain(response.status);
        expect(((await response.json()) as { code: string }).code).toMatch(/NOT_FOUND|INVALID_INPUT/);
      }
    });

    it('a document that was issued opens for its receiver, and for those he passes it on to', async () => {
      const [from, to] = await twoUnits();
      const third = await office().newDevice(await office().newUnit());
      const bytes = randomBytes(1_500);
      const text = bytes.toString('hex');
      const hash = sha256(text);
      await issue(from, `fx${from.unit}`, [to.unit], text);
      expect((await get(to, hash)).status).toBe(404);
      await upload(from, Buffer.from(text));
      expect(await (await get(to, hash)).text()).toBe(text);
      const second = await office().newDevice(to.unit);
      expect((await get(second, hash)).status).toBe(200);
      expect((await get(third, hash)).status).toBe(404);
      await issue(to, `fy${to.unit}`, [third.unit], text);
      expect((await get(third, hash)).status).toBe(200);
    });

    it('the file store holds what the records say', async () => {
      const [device] = await twoUnits();
      const hash = await upload(device, randomBytes(500));
      expect(existsSync(office().server.context.store.pathOf(hash))).toBe(true);
      expect(await office().admin('audit')).toContain('no fault');
    });
  });
}
