import { describe, expect, it } from 'vitest';
import { type Office } from './office';
import { newIntake } from './rows';

const writers = 8;
const pushes = 20;

/** Order of the feed under load: a cursor never passes a row that is still to come. */
export function visibilityRules(office: () => Office): void {
  describe('visibility', () => {
    it('a reader beside eight writers misses no row', async () => {
      const unit = await office().newUnit();
      const devices = await Promise.all(Array.from({ length: writers }, () => office().newDevice(unit)));
      const reader = await office().newDevice(unit);
      let writing = true;
      const reading = (async () => {
        let pulls = 0;
        for (; writing; pulls++) await reader.pull(50);
        return pulls;
      })();
      await Promise.all(
        devices.map(async (device, writer) => {
          for (let push = 0; push < pushes; push++) {
            const ids = [0, 1].map((part) => `v${writer}-${push}-${part}`);
            const result = await device.act(
              `${unit}-clerk`,
              'intake.add',
              ...ids.map((id) => newIntake(unit, id)),
            );
            expect(result.reason).toBe('');
          }
        }),
      );
      writing = false;
      expect(await reading).toBeGreaterThan(1);
      await reader.pull();
      const got = [...reader.rows.keys()].filter((key) => key.startsWith('intake/v'));
      expect(got.length).toBe(writers * pushes * 2);
      const { digest } = await reader.post<{ digest: string }>('/v1/sync/digest', { bucket: `unit:${unit}` });
      expect(reader.ownDigest()).toBe(digest);
      expect(await office().admin('audit')).toContain('no fault');
    });
  });
}
