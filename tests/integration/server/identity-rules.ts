import { randomBytes, sign } from 'node:crypto';
import { endpoints, pullResponseSchema } from '@shared/sync/protocol';
import { describe, expect, it } from 'vitest';
import { Device, type DeviceRecord } from '../../../electron/identity/device';
import { ServerClient } from '../../../electron/network/server-client';
import type { Office } from './office';
import { PlainClient, refusalOf, versions } from './plain-client';

const minute = 60_000;

/** Enrolment, tokens and who is let in. */
export function identityRules(office: () => Office): void {
  describe('identity', () => {
    it('a one-time code enrols one device, however it is typed, and no second one', async () => {
      const unit = await office().newUnit();
      const code = await office().admin('enrol-code', 'create', '--unit', unit);
      const first = new PlainClient(office().server.url, Date.now);
      await first.enrol(code.toLowerCase().replaceAll('-', ' '));
      expect(first.unit).toBe(unit);
      const { device } = first;
      await first.enrol(code);
      expect(first.device).toBe(device);
      const second = new PlainClient(office().server.url, Date.now);
      expect(await refusalOf(second.enrol(code))).toMatchObject({ status: 403, code: 'ENROL_CODE_INVALID' });
    });

    it('a code that is unknown or too old enrols nobody', async () => {
      const unit = await office().newUnit();
      const client = new PlainClient(office().server.url, Date.now);
      expect(await refusalOf(client.enrol('AAAA-BBBB-CCCC'))).toMatchObject({ code: 'ENROL_CODE_INVALID' });
      const code = await office().admin('enrol-code', 'create', '--unit', unit);
      office().clock.offset = 31 * minute;
      try {
        expect(await refusalOf(client.enrol(code))).toMatchObject({ code: 'ENROL_CODE_INVALID' });
      } finally {
        office().clock.offset = 0;
      }
    });

    it('a device that a restored server has forgotten gets its id back with a new code; nobody gets that of another', async () => {
      const unit = await office().newUnit();
      const forgotten = new PlainClient(office().server.url, Date.now);
      forgotten.device = `d${randomBytes(8).toString('hex')}`;
      expect(await refusalOf(forgotten.login())).toMatchObject({ code: 'NOT_ENROLLED' });
      const again = async (client: PlainClient, deviceId: string) => {
        const code = await office().admin('enrol-code', 'create', '--unit', unit);
        return client.post('/v1/enrol', { code, name: 'Máy cũ', publicKey: client.publicKey, deviceId });
      };
      expect(await again(forgotten, forgotten.device)).toMatchObject({ deviceId: forgotten.device, unit });
      await forgotten.login();
      const thief = new PlainClient(office().server.url, Date.now);
      expect(await refusalOf(again(thief, forgotten.device))).toMatchObject({
        code: 'ENROL_CODE_INVALID',
        detail: 'device',
      });
    });

    it('a workstation that a restored server has forgotten hears NOT_ENROLLED, also with a token that is still good', async () => {
      const { database, access } = office().server.context;
      const { device, client } = await realWorkstation(office(), Date.now);
      await client.post(endpoints.pull, nothingYet, pullResponseSchema);
      const deviceId = device.current()?.deviceId ?? '';
      await database.transaction('read-write', async (session) => {
        await session.query('delete from enrol_code where device = $1', [deviceId]);
        await session.query('delete from device where id = $1', [deviceId]);
      });
      access.forget();
      const asked = client.post(endpoints.pull, nothingYet, pullResponseSchema);
      await expect(asked).rejects.toMatchObject({ code: 'NOT_ENROLLED' });
      expect(device.current()?.revoked).toBe(false);
    });

    it('a key that is no point of P-256 is refused', async () => {
      const code = await office().admin('enrol-code', 'create', '--unit', await office().newUnit());
      const client = new PlainClient(office().server.url, Date.now);
      Object.assign(client.publicKey, { x: 'AAAA' });
      expect(await refusalOf(client.enrol(code))).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    });

    it('a workstation whose clock is hours off signs with the time of the server, and goes on working', async () => {
      const hours = 3 * 60 * minute;
      const { client, unit } = await realWorkstation(office(), () => Date.now() - hours);
      const { buckets } = await client.post(endpoints.pull, nothingYet, pullResponseSchema);
      expect(buckets.map(({ bucket }) => bucket)).toContain(`unit:${unit}`);
    });

    it('a token request is good once, for the right key, by a clock not far off', async () => {
      const device = await office().newDevice(await office().newUnit());
      const request = device.tokenRequest();
      await device.post('/v1/token', request);
      expect(await refusalOf(device.post('/v1/token', request))).toMatchObject({
        status: 403,
        detail: 'replay',
      });
      const other = device.tokenRequest();
      expect(await refusalOf(device.post('/v1/token', { ...other, ts: other.ts + 1 }))).toMatchObject({
        status: 403,
        detail: 'signature',
      });
      const late = device.tokenRequest(undefined, Date.now() - 11 * minute);
      expect(await refusalOf(device.post('/v1/token', late))).toMatchObject({ status: 403, detail: 'clock' });
      const stranger = { ...device.tokenRequest(), deviceId: 'd0000' };
      expect(await refusalOf(device.post('/v1/token', stranger))).toMatchObject({ code: 'NOT_ENROLLED' });
    });

    it('without a token, with a false one or an expired one nothing opens', async () => {
      const device = await office().newDevice(await office().newUnit());
      const pins = () => device.post('/v1/files/have', { sha256: [] });
      await pins();
      const good = device.access;
      const [head, body, mac] = good.split('.');
      const forged = Buffer.from(
        JSON.stringify({
          ...(JSON.parse(Buffer.from(body ?? '', 'base64url').toString()) as object),
          unit: 'tinh',
        }),
      ).toString('base64url');
      for (const access of ['', 'x.y.z', `${head}.${forged}.${mac}`]) {
        device.access = access;
        expect(await refusalOf(pins())).toMatchObject({ status: 401, code: 'FORBIDDEN', detail: 'token' });
      }
      device.access = good;
      office().clock.offset = 11 * minute;
      try {
        expect(await refusalOf(pins())).toMatchObject({ status: 401, detail: 'token' });
      } finally {
        office().clock.offset = 0;
      }
    });

    it('a revoked device is shut out within 30 seconds, also with a token that is still good', async () => {
      const unit = await office().newUnit();
      const device = await office().newDevice(unit);
      await office().server.context.database.transaction('read-write', (session) =>
        session.query(`update device set status = 'revoked' where id = $1`, [device.device]),
      );
      office().clock.offset = 31_000;
      try {
        expect(await refusalOf(device.pull())).toMatchObject({ status: 403, code: 'DEVICE_REVOKED' });
        expect(await refusalOf(device.login())).toMatchObject({ status: 403, code: 'DEVICE_REVOKED' });
      } finally {
        office().clock.offset = 0;
      }
      const second = await office().newDevice(unit);
      await office().admin('devices', 'revoke', '--id', second.device);
      expect(await refusalOf(second.pull())).toMatchObject({ code: 'DEVICE_REVOKED' });
    });

    it('a machine made of a backup takes the key of its device; whoever has the old one is shut out', async () => {
      const device = await office().newDevice(await office().newUnit());
      await device.pull();
      const restored = new PlainClient(office().server.url, () => Date.now());
      restored.device = device.device;
      const request = replaceKey(device, restored);
      const stranger = replaceKey(restored, restored);
      expect(await refusalOf(device.post('/v1/device/key', stranger))).toMatchObject({ detail: 'signature' });
      office().clock.offset = 2_000;
      try {
        await restored.post('/v1/device/key', request);
        // The answer may have been lost: asked again it is the same.
        await restored.post('/v1/device/key', request);
        expect(await refusalOf(device.pull())).toMatchObject({ code: 'DEVICE_REVOKED', detail: 'replaced' });
        expect(await refusalOf(device.login())).toMatchObject({ code: 'DEVICE_REVOKED', detail: 'replaced' });
        await restored.login();
        await restored.pull();
        const back = replaceKey(device, device);
        expect(await refusalOf(device.post('/v1/device/key', back))).toMatchObject({ detail: 'signature' });
      } finally {
        office().clock.offset = 0;
      }
    });

    it('another protocol or schema is told to update, before anything else', async () => {
      const url = `${office().server.url}/v1/sync/pull`;
      const cases = [
        [{}, 'least x-protocol 1'],
        [{ ...versions, 'x-schema': '0' }, 'least x-schema 1'],
        [{ ...versions, 'x-schema': 'x' }, 'least x-schema 1'],
        [{ ...versions, 'x-protocol': '2' }, 'newest x-protocol 1'],
        [{ ...versions, 'x-schema': '99' }, 'newest x-schema 1'],
      ] as const;
      for (const [headers, detail] of cases) {
        const response = await fetch(url, { method: 'POST', headers, body: '{' });
        expect(response.status).toBe(426);
        expect(await response.json()).toEqual({ code: 'UPDATE_REQUIRED', detail });
      }
    });

    it('PIN verifiers of the own unit only', async () => {
      const mine = await office().newUnit();
      const theirs = await office().newUnit();
      await office().admin('people', 'set-pin', '--unit', mine, '--id', `${mine}-clerk`, '--pin', '246810');
      await office().admin(
        'people',
        'set-pin',
        '--unit',
        theirs,
        '--id',
        `${theirs}-clerk`,
        '--pin',
        '135791',
      );
      const device = await office().newDevice(mine);
      const answer = (await (await device.raw('/v1/people/pins')).json()) as { pins: { person: string }[] };
      expect(answer.pins.map((pin) => pin.person)).toEqual([`${mine}-clerk`]);
      expect(JSON.stringify(answer)).not.toContain('246810');
    });
  });
}

/** A request for the key of `next` in place of that of `holder`, signed by `holder`. */
function replaceKey(holder: PlainClient, next: PlainClient) {
  const { kty, crv, x, y } = next.publicKey;
  const ts = Date.now();
  const nonce = randomBytes(16).toString('base64url');
  const text = Buffer.from(`${next.device}.${ts}.${nonce}.${String(x)}.${String(y)}`, 'utf8');
  const signature = sign('sha256', text, { key: holder.privateKey, dsaEncoding: 'ieee-p1363' });
  return {
    deviceId: next.device,
    ts,
    nonce,
    publicKey: { kty, crv, x, y },
    signature: signature.toString('base64url'),
  };
}

const nothingYet = { epoch: '', cursors: {}, limit: 10 };

/** Identity and server client as the application has them, enrolled for a unit of their own. */
async function realWorkstation(
  { newUnit, admin, server: { url } }: Office,
  clock: () => number,
): Promise<{ readonly device: Device; readonly client: ServerClient; readonly unit: string }> {
  const unit = await newUnit();
  const code = await admin('enrol-code', 'create', '--unit', unit);
  let kept: DeviceRecord | null = null;
  const device = await Device.open({
    read: () => Promise.resolve(kept),
    write: (record) => Promise.resolve(void (kept = record)),
  });
  const client = new ServerClient(device, clock);
  await device.enrol(url, 'Máy thật', (publicKey) =>
    client.enrol(url, { code, name: 'Máy thật', publicKey }),
  );
  return { device, client, unit };
}
