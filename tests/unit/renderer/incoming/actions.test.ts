import { describe, expect, test } from 'vitest';
import { allowedActions, mainAction } from '../../../../renderer/src/features/incoming/actions';
import type { Person, Role } from '../../../../shared/schema/people';

const person = (...roles: Role[]): Person => ({
  id: 'p',
  unit: 'u',
  name: 'P',
  position: '',
  roles,
  active: true,
});

const mainOf = (who: Person, state: Parameters<typeof mainAction>[1]) =>
  mainAction(allowedActions(who, { state }), state);

describe('actions of an incoming document', () => {
  test('nobody signed in: nothing', () => {
    expect(allowedActions(null, { state: 'submitted' })).toEqual([]);
  });

  test('Điều 21: only the clerk registers or returns what has arrived', () => {
    expect(allowedActions(person('clerk'), { state: 'arrived' })).toEqual(['register', 'return']);
    expect(allowedActions(person('leader'), { state: 'arrived' })).toEqual([]);
  });

  test('Điều 23: the clerk submits, the leader gives the opinion', () => {
    expect(allowedActions(person('clerk'), { state: 'registered' })).toContain('submit');
    expect(allowedActions(person('clerk'), { state: 'registered' })).not.toContain('assign');
    expect(allowedActions(person('leader'), { state: 'submitted' })).toContain('assign');
    expect(allowedActions(person('officer'), { state: 'submitted' })).not.toContain('assign');
  });

  test('Điều 24: what is assigned is started and finished; what is done is only commented on or corrected', () => {
    expect(allowedActions(person('officer'), { state: 'assigned' })).toEqual(['start', 'finish', 'comment']);
    expect(allowedActions(person('officer'), { state: 'in-progress' })).toEqual(['finish', 'comment']);
    expect(allowedActions(person('clerk'), { state: 'done' })).toEqual(['comment', 'correct']);
    expect(allowedActions(person('clerk'), { state: 'returned' })).toEqual([]);
  });

  test('the act that moves the document on is the main one', () => {
    expect(mainOf(person('clerk'), 'arrived')).toBe('register');
    expect(mainOf(person('clerk'), 'registered')).toBe('submit');
    expect(mainOf(person('leader', 'clerk'), 'submitted')).toBe('assign');
    expect(mainOf(person('officer'), 'assigned')).toBe('start');
    expect(mainOf(person('clerk'), 'done')).toBeNull();
    expect(mainOf(person('clerk'), 'submitted')).toBeNull();
  });
});
