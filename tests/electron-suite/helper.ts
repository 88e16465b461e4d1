import { runSuite } from './run-suite';

const [, , folder = ''] = process.argv;

type Parent = { postMessage(message: unknown): void };
const { parentPort } = process as unknown as { parentPort: Parent };

parentPort.postMessage(await runSuite(folder));
