import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Office, register, takeBook } from './office';
import { type PlainClient, Refused, refusalOf, sha256 } from './plain-client';
import { beginFile, offsetOf, readInRanges, sendPiece, sendTornPiece } from './plain-files';
import { change, fileOf, newIntake, newMeeting } from './rows';
import { openStream } from './streams';

/** Everything of the client that is written from the protocol alone. */
const parts = ['plain-client.ts', 'plain-rows.ts', 'plain-files.ts', 'rows.ts', 'streams.ts'];

const guest = (unit: string) => ({ id: `p-${unit}`, name: 'Khách', position: '', unit, voting: true });

/** Another client, written from server/PROTOCOL.md alone, can do everything that ours can, and agrees with the server. */
export function plainClientRules(office: () => Office): void {
  const expectAgreement = async (device: PlainClient) => {
    await device.pull();
    for (const [bucket, cursor] of Object.entries(device.cursors)) {
      const answer = await device.post<{ digest: string; head: number }>('/v1/sync/digest', { bucket });
      expect(answer).toMatchObject({ head: cursor, digest: device.ownDigest(bucket) });
    }
  };

  describe('a client written from the protocol alone', () => {
    it('shares no code with this project', () => {
      for (const part of parts) {
        const text = readFileSync(path.join(import.meta.dirname, part), 'utf8');
        for (const [, from = ''] of text.matchAll(/from '([^']+)'/g))
          expect(from, part).toMatch(/^(node:|\.\/(plain-client|plain-rows)$)/);
      }
    });

    it('sections 5 and 9: holds a row as long as one of its buckets, through grants, moves and their end', async () => {
      const [host, first, second] = [
        await office().newUnit(),
        await office().newUnit(),
        await office().newUnit(),
      ];
      const [writer, reader] = [await office().newDevice(host), await office().newDevice(first)];
      await office().admin('grants', 'add', '--unit', first, '--readable', second);
      const asked = (...units: readonly string[]) => [guest(host), ...units.map(guest)];
      const id = `hn-${host}`;
      await writer.act(
        `${host}-secretary`,
        'meeting.create',
        newMeeting(host, id, { participants: asked(first, second) }),
      );
      const set = async (command: string, patch: Record<string, unknown>) => {
        await writer.pull();
        const edit = change('meetings', writer.row('meetings', id), patch);
        expect(await writer.act(`${host}-secretary`, command, edit)).toMatchObject({ status: 'ok' });
      };
      const holds = async () => {
        await expectAgreement(reader);
        return reader.rows.has(`meetings/${id}`);
      };
      expect(await holds()).toBe(false);
      const pack = { version: 1, at: '', by: `${host}-secretary`, manifest: sha256('m'), document: null };
      await set('meeting.publish', { state: 'published', pack });
      expect(await holds()).toBe(true);
      expect(Object.keys(reader.cursors).sort()).toEqual(
        ['province', `unit:${first}`, `unit:${second}`].sort(),
      );
      // It leaves the bucket of the own unit and stays in the one that was granted.
      await set('meeting.prepare', { participants: asked(second) });
      expect(await holds()).toBe(true);
      await set('meeting.prepare', { participants: asked(first) });
      await office().admin('grants', 'remove', '--unit', first, '--readable', second);
      expect(await holds()).toBe(true);
      expect(Object.keys(reader.cursors)).not.toContain(`unit:${second}`);
      await set('meeting.prepare', { participants: asked() });
      expect(await holds()).toBe(false);
    });

    it('sections 5 and 8: is poked, and after a new epoch reads everything from the start and goes on working', async () => {
      const unit = await office().newUnit();
      const [one, two] = [await office().newDevice(unit), await office().newDevice(unit)];
      const stream = await openStream(two);
      const greeting = stream.text();
      await takeBook(one, 'incoming');
      for (const name of ['a', 'b'])
        expect(await register(one, `${unit}-${name}`)).toMatchObject({ status: 'ok' });
      await one.act(`${unit}-clerk`, 'intake.add', newIntake(unit, `${unit}-c`));
      await expect
        .poll(() => stream.text().slice(greeting.length), { timeout: 20_000 })
        .toContain(`unit:${unit}`);
      await stream.stop();

      await office().admin('new-epoch');
      for (const device of [one, two]) {
        const refusal = await refusalOf(device.pull());
        expect(refusal).toMatchObject({ status: 409, code: 'EPOCH_CHANGED' });
        await device.startOver(refusal.detail);
        await expectAgreement(device);
        expect(device.row('numbers', `${unit}:incoming:2026:chung:000002`).data['document']).toBe(
          `${unit}-b`,
        );
        expect(device.rows.has(`intake/${unit}-c`)).toBe(true);
      }
      expect(await one.act(`${unit}-clerk`, 'intake.add', newIntake(unit, `${unit}-d`))).toMatchObject({
        status: 'ok',
      });
    });

    it('section 10: sends a file in pieces over cuts, and another device reads it in ranges', async () => {
      const unit = await office().newUnit();
      const [one, two] = [await office().newDevice(unit), await office().newDevice(unit)];
      const bytes = randomBytes(300_000);
      const hash = sha256(bytes);
      const location = await beginFile(one, bytes);
      let offset = await sendPiece(one, location, 0, bytes.subarray(0, 100_000));
      expect(offset).toBe(100_000);
      await sendTornPiece(one, location, offset, bytes.subarray(offset));
      // What comes with a wrong offset is refused, and HEAD tells the right one.
      expect(await refusalOf(sendPiece(one, location, 7, bytes.subarray(7)))).toMatchObject({ status: 409 });
      offset = await offsetOf(one, location);
      expect(offset).toBeGreaterThanOrEqual(100_000);
      expect(await sendPiece(one, location, offset, bytes.subarray(offset))).toBe(bytes.length);
      const item = newIntake(unit, `${unit}-f`);
      await one.act(`${unit}-clerk`, 'intake.add', {
        ...item,
        patch: { ...item.patch, file: fileOf(bytes) },
      });

      expect(await two.post('/v1/files/have', { sha256: [hash] })).toEqual({ missing: [] });
      expect(sha256(await readInRanges(two, hash, 70_000))).toBe(hash);
      const stranger = await office().newDevice(await office().newUnit());
      expect(await stranger.post('/v1/files/have', { sha256: [hash] })).toEqual({ missing: [hash] });
      await expect(readInRanges(stranger, hash, 70_000)).rejects.toBeInstanceOf(Refused);
      const wrong = await beginFile(one, bytes, sha256('khác'));
      expect(await refusalOf(sendPiece(one, wrong, 0, bytes))).toMatchObject({
        status: 460,
        code: 'HASH_MISMATCH',
      });
      await expectAgreement(two);
    });
  });
}
