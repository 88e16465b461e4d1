import { openSyncEnd } from '../data/sync-channel';
import { door } from '../platform/desktop';
import { runSync } from './run-sync';

// Nobody sees this page; a defect ends it in the console, and what a person must know goes over the channel.
void runSync(door(), openSyncEnd());
