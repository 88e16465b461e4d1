import { afterEach, describe, expect, it } from 'vitest';
import type { Office } from './office';
import { read, refusalOf } from './plain-client';
import { newIntake } from './rows';

type Seen = { readonly unit: string; readonly devices: number; readonly lastSeen: string };

const dayMs = 86_400_000;

/** D04: the province learns which units have not been in touch for long. */
export function stalenessRules(office: () => Office): void {
  const stale = async (days: number) => {
    const units = JSON.parse(await office().admin('units', 'stale', `--days=${days}`, '--json')) as {
      unit: string;
      days: number | 'never';
    }[];
    return new Map(units.map((each) => [each.unit, each.days]));
  };

  describe('D04: units that have not synced for long', () => {
    afterEach(() => {
      office().clock.offset = 0;
    });

    it('a unit is silent from the day on which none of its devices was in touch any more', async () => {
      const [silent, lively, empty] = [
        await office().newUnit(),
        await office().newUnit(),
        await office().newUnit(),
      ];
      await office().newDevice(silent);
      const first = await office().newDevice(lively);
      await office().newDevice(lively);
      office().clock.offset = 3 * dayMs + 60_000;
      expect([...(await stale(3))]).toEqual(
        expect.arrayContaining([
          [silent, 3],
          [lively, 3],
          [empty, 'never'],
        ]),
      );
      expect((await stale(4)).has(silent)).toBe(false);
      await first.login();
      const work = newIntake(lively, `${lively}-1`);
      expect(await first.act(`${lively}-clerk`, 'intake.add', work)).toMatchObject({ status: 'ok' });
      expect((await stale(3)).has(lively)).toBe(false);
      expect((await stale(3)).get(silent)).toBe(3);
    });

    it('devices of the province see it for every unit; devices of other units are refused', async () => {
      const [province, district] = [await office().newUnit(), await office().newUnit()];
      await office().admin('units', 'edit', `--id=${province}`, '--level=province');
      const above = await office().newDevice(province);
      const below = await office().newDevice(district);
      const ask = async () => (await read<{ units: Seen[] }>(await above.raw('/v1/units/last-seen'))).units;
      const seen = (await ask()).find(({ unit }) => unit === district);
      expect(seen).toMatchObject({ devices: 1, name: `Đơn vị ${district}` });
      expect(Math.abs(Date.parse(seen?.lastSeen ?? '') - Date.now())).toBeLessThan(600_000);
      await office().admin('devices', 'revoke', '--id', below.device);
      expect((await ask()).find(({ unit }) => unit === district)).toMatchObject({ devices: 0, lastSeen: '' });

      const other = await office().newDevice(district);
      const refusal = await refusalOf(other.raw('/v1/units/last-seen').then(read));
      expect(refusal).toMatchObject({ status: 403, code: 'FORBIDDEN', detail: 'level' });
    });

    it('a unit that was merged into another is not waited for', async () => {
      const [old, successor] = [await office().newUnit(), await office().newUnit()];
      expect((await stale(1)).get(old)).toBe('never');
      await office().admin('units', 'merge', `--from=${old}`, `--into=${successor}`, '--on=2026-07-01');
      expect((await stale(1)).has(old)).toBe(false);
    });
  });
}
