import { expect, test } from 'vitest';
import { counted } from '../../../../renderer/src/i18n/en-count';
import { enRescue } from '../../../../renderer/src/i18n/en-rescue';

test('one thing is told in the singular, none and several in the plural', () => {
  expect([0, 1, 2].map((count) => counted(count, 'file'))).toEqual(['0 files', '1 file', '2 files']);
  expect(counted(1, 'line is', 'lines are')).toBe('1 line is');
  expect(enRescue.journalFacts(1, 0)).toBe('1 piece of work, 0 of them not known to have reached the server');
});
