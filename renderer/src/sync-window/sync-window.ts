import { door } from '../platform/desktop';
import { runSync } from './run-sync';

// Nobody sees this page. What keeps it from opening is thrown, and the main process loads the page again.
void runSync(door());
