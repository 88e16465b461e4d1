import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { app, utilityProcess } from 'electron';
import { type Outcome, runSuite } from './run-suite';

// Electron's main process and its helper processes have BoringSSL where Node has OpenSSL; the same tests must hold in both.
const folder = path.join(import.meta.dirname, 'tests');

app.on('window-all-closed', () => undefined);
app
  .whenReady()
  .then(async () => {
    const [main, helper] = await Promise.all([runSuite(folder), runInHelper()]);
    writeFileSync(app.commandLine.getSwitchValue('result'), JSON.stringify({ main, helper }));
    app.exit(0);
  })
  .catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    app.exit(1);
  });

/** The same again in a process of the kind in which documents are worked on. */
function runInHelper(): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const helper = utilityProcess.fork(path.join(import.meta.dirname, 'helper.js'), [folder]);
    helper.once('message', (outcome: Outcome) => {
      resolve(outcome);
      helper.kill();
    });
    helper.once('exit', (code) => reject(new Error(`the helper process ended with status ${code}`)));
  });
}
