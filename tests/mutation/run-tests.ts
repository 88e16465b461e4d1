import type { Order } from './order';
import { runSweep } from './sweep';
import { Switches } from './switches';
import { runTrial } from './trial';

const order = JSON.parse(process.argv[2] ?? '') as Order;
const switches = new Switches();
await (order.kind === 'sweep' ? runSweep(order, switches) : runTrial(order, switches));
