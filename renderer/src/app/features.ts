import { incoming } from '../features/incoming';
import { intake } from '../features/intake';
import { outgoing } from '../features/outgoing';
import { signing } from '../features/signing';
import { today } from '../features/today';
import type { Feature } from './feature';

/** Every feature of the program; the frame builds rail, addresses and commands from this list. */
export const features: readonly Feature[] = [today, intake, incoming, outgoing, signing];
