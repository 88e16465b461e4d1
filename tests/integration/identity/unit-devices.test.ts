import { handoverOf, handoverText } from '@shared/domain/handover';
import { newBook } from '@shared/domain/numbering';
import { contract } from '@shared/ipc/contract';
import { describe, expect, it } from 'vitest';
import { Device, type DeviceRecord } from '../../../electron/identity/device';
import { UnitDevices, type UnitDevicesRecord } from '../../../electron/identity/unit-devices';
import { machine, plainFile } from './machine';

const book = { ...newBook('huyen', 'outgoing', 2026, 'chung'), owner: 'D1', epoch: 3, next: 12 };
const text = handoverText(handoverOf(book, 'D2', '2026-03-02T09:00:00+07:00'));

describe('phiếu bàn giao được kiểm tra bằng khóa của các máy trong đơn vị, không cần mạng', () => {
  it('takes the signature of the machine it names, and of no other', async () => {
    const [giver, other] = [await machine('D1'), await machine('D3')];
    const known = new UnitDevices(plainFile<UnitDevicesRecord>());
    const proof = giver.device.sign(text);
    expect(await known.signed('D1', text, proof)).toBe(false);
    await known.replace({ devices: [giver.entry, other.entry], clockAheadMs: 0 });
    expect(await known.signed('D1', text, proof)).toBe(true);
    expect(await known.signed('D3', text, proof)).toBe(false);
    expect(await known.signed('D1', text.replace('|12|', '|13|'), proof)).toBe(false);
    expect(await known.signed('D1', text, other.device.sign(text))).toBe(false);
    expect(await known.signed('D1', text, 'không phải chữ ký')).toBe(false);
  });

  it('a machine that was never enrolled signs nothing', async () => {
    const device = await Device.open(plainFile<DeviceRecord>());
    expect(() => device.sign(text)).toThrow(expect.objectContaining({ code: 'NOT_ENROLLED' }));
  });

  it('a page cannot have anything signed that would get it a token', () => {
    const { input } = contract['books:sign'];
    expect(input.safeParse({ text }).success).toBe(true);
    for (const wrong of ['D1.1772413200000.kq1kq1kq1kq1kq1kq1', '', 'x cong-van-so-1|'])
      expect(input.safeParse({ text: wrong }).success).toBe(false);
  });
});
