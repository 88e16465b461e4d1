import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import express from 'express';
import couch from 'express-pouchdb';
import PouchDB from 'pouchdb';

/** A CouchDB over LevelDB in the given folder: `node couch-server.mjs FOLDER`. Says where it listens. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node couch-server.mjs FOLDER');
mkdirSync(folder, { recursive: true });
const Database = PouchDB.defaults({ prefix: `${folder}${path.sep}` });
const app = express();
app.use(
  '/',
  couch(Database, {
    mode: 'minimumForPouchDB',
    configPath: path.join(folder, 'config.json'),
    logPath: path.join(folder, 'log.txt'),
  }),
);
const server = app.listen(0, '127.0.0.1', () =>
  process.stdout.write(`LISTENING http://127.0.0.1:${server.address().port}\n`),
);
