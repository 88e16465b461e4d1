import { describe, expect, test } from 'vitest';
import { address, matchPath, parseHash } from '../../../../renderer/src/app/router';

describe('addresses', () => {
  test('an empty address is Việc hôm nay', () => {
    expect(parseHash('').path).toBe('/today');
    expect(parseHash('#/').path).toBe('/today');
  });

  test('path and query are read back as they were written', () => {
    const id = 'huyen:incoming#12:to:coso-a';
    const location = parseHash(
      `#${address(`/incoming/${encodeURIComponent(id)}`, { filter: 'mine', do: '' })}`,
    );
    expect(location.query).toEqual({ filter: 'mine' });
    expect(matchPath('/incoming/:id?', location.path)).toEqual({ id });
  });

  test('optional parts may be missing, required ones not, longer paths never fit', () => {
    expect(matchPath('/incoming/:id?', '/incoming')).toEqual({ id: '' });
    expect(matchPath('/incoming/:id/edit', '/incoming/x/edit')).toEqual({ id: 'x' });
    expect(matchPath('/incoming/:id/edit', '/incoming/x')).toBeNull();
    expect(matchPath('/incoming/:id?', '/incoming/x/edit')).toBeNull();
    expect(matchPath('/incoming/:id?', '/outgoing/x')).toBeNull();
  });
});
