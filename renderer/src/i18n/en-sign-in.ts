import type { Texts } from './text-types';
import type { viSignIn } from './vi-sign-in';

export const enSignIn: Texts<typeof viSignIn> = {
  title: 'Unlock',
  enrolTitle: 'Enrol this machine',
  enrolIntro: 'A machine works for one unit. The administrator gives a one-time enrolment code.',
  server: 'Provincial server',
  serverHint: 'For example: https://congvan.tinh.vn',
  code: 'Enrolment code',
  deviceName: 'Name of the machine',
  deviceNameHint: 'For example: VANTHU-01',
  enrol: 'Enrol',
  enrolling: 'Enrolling and fetching the directory…',
  revoked: 'The rights of this machine were withdrawn. Ask the administrator to enrol it again.',
  who: 'Who is using this machine?',
  people: 'People',
  pin: 'PIN',
  pinOf: (name) => `PIN of ${name}`,
  pinHint: 'The administrator gives the PIN; it works offline too.',
  signIn: 'Unlock',
  signingIn: 'Unlocking…',
  noPeople: 'The list of people of this unit is not here yet.',
  waitingPeople: 'Fetching the people of this unit from the server…',
  fetchPeople: 'Fetch the list',
  keyInFile: 'Keys are kept in a file that only this account may read.',
  keyInFileTodo: 'Set a password for the account and encrypt the disk.',
  keyInFileTitle: 'This machine has no key store of the operating system.',
};
