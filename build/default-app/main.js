// Takes the place of Electron's own default_app.asar in a runtime that came without one: opens the application folder
// or the module named on the command line. It awaits at the top level on purpose: Electron holds `ready` back until
// this module has finished, so the application can still register its scheme.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) {
  process.stderr.write('usage: electron FOLDER|MODULE [switches]\n');
  app.exit(2);
} else {
  try {
    await import(pathToFileURL(adopt(path.resolve(named))).href);
  } catch (error) {
    process.stderr.write(`${error?.stack ?? error}\n`);
    app.exit(1);
  }
}

/** Gives the process the identity of the named application, and says which module starts it. */
function adopt(target) {
  process.defaultApp = true;
  if (!statSync(target).isDirectory()) {
    app.setAppPath(path.dirname(target));
    return target;
  }
  const manifest = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8'));
  if (manifest.version !== undefined) app.setVersion(manifest.version);
  if (manifest.desktopName !== undefined) app.setDesktopName(manifest.desktopName);
  app.setName(manifest.productName ?? manifest.name);
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  app.setAppPath(target);
  return path.join(target, manifest.main ?? 'index.js');
}
