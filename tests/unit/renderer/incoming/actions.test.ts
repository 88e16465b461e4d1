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
    expect(mainAction(allowedActions(person('clerk'), { state: 'arrived' }))).toBe('register');
    expect(mainAction(allowedActions(person('clerk'), { state: 'registered' }))).toBe('submit');
    expect(mainAction(allowedActions(person('leader', 'clerk'), { state: 'submitted' }))).toBe('assign');
    expect(mainAction(allowedActions(person('officer'), { state: 'assigned' }))).toBe('start');
    expect(mainAction(allowedActions(person('clerk'), { state: 'done' }))).toBeNull();
  });
});
