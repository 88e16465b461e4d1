import { backup } from '../features/backup';
import { books } from '../features/books';
import { checking } from '../features/checking';
import { incoming } from '../features/incoming';
import { intake } from '../features/intake';
import { meetings } from '../features/meetings';
import { outgoing } from '../features/outgoing';
import { signing } from '../features/signing';
import { sync } from '../features/sync';
import { today } from '../features/today';
import type { Feature } from './feature';

/** Every feature of the program; the frame builds rail, addresses and commands from this list. */
export const features: readonly Feature[] = [
  today,
  intake,
  incoming,
  outgoing,
  meetings,
  books,
  sync,
  signing,
  checking,
  backup,
];
