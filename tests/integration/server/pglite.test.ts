import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRules } from './all-rules';
import { type Office, openOffice } from './office';
import { PlainClient, refusalOf, versions } from './plain-client';

describe('provincial server on PGlite', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office?.stop());

  for (const rules of allRules) {
    rules(() => office);
  }
});

describe('limits of the server', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(undefined, { requests: 1, failedEnrolments: 3, uploadBytes: 1_000 });
  });
  afterAll(() => office?.stop());

  it('says when it is full, and when to come back', async () => {
    const device = await office.newDevice(await office.newUnit());
    const slow = request(`${office.server.url}/v1/files/have`, {
      method: 'POST',
      headers: { ...versions, 'content-type': 'application/json', 'content-length': 100 },
    });
    slow.on('error', () => undefined);
    slow.write('{');
    const ask = () => device.raw('/v1/files/have', { method: 'POST' });
    await expect.poll(async () => (await ask()).status).toBe(503);
    const full = await ask();
    expect(full.headers.get('retry-after')).toBe('2');
    expect(await full.json()).toMatchObject({ code: 'SERVER_BUSY' });
    slow.destroy();
    await expect.poll(async () => (await ask()).status).not.toBe(503);
    await device.pull();
  });

  it('slows down who guesses enrolment codes', async () => {
    const client = new PlainClient(office.server.url, Date.now);
    for (let guess = 0; guess < 3; guess++) {
      expect(await refusalOf(client.enrol(`AAAA-AAAA-AAA${guess + 2}`))).toMatchObject({
        code: 'ENROL_CODE_INVALID',
      });
    }
    const code = await office.admin('enrol-code', 'create', '--unit', await office.newUnit());
    expect(await refusalOf(client.enrol(code))).toMatchObject({ status: 429, code: 'SERVER_BUSY' });
    office.clock.offset = 11 * 60_000;
    await client.enrol(code);
  });
});
