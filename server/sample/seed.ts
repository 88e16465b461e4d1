import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '@shared/node/sha256';
import { z } from 'zod';
import { listUnits } from '../admin/directory';
import type { ServerContext } from '../http/context';
import { addEnrolCode, newEnrolCode, unusedCodes } from '../identity/enrol-codes';
import { makeVerifier, setPin } from '../identity/pins';
import { RowWriter, serverAuthor } from '../rows/row-writer';
import { sqlTransaction } from '../storage/sql-transaction';
import { type PrintedText, printText } from './files';
import { readPrintFonts } from './fonts';
import { upcomingMeeting } from './meeting';
import { numberedTexts } from './numbered-texts';
import { samplePeople, samplePin, sampleUnits } from './people';
import { writeDocuments } from './rows';

/** Fills an empty server with the sample province; leaves one that already has units as it is. */
export async function seedSample(context: ServerContext): Promise<void> {
  if ((await listUnits(context.database)).length > 0) return;
  const fonts = await readPrintFonts();
  const printed: PrintedText[] = [];
  for (const text of numberedTexts()) printed.push(await printText(context, text, fonts));
  const meeting = await upcomingMeeting(printed, context.now(), sha256);
  for (const person of samplePeople) {
    const salt = context.randomBytes(16);
    await setPin(context.database, person.unit, await makeVerifier(person.id, samplePin, salt));
  }
  // Rows come last and together: a start that was cut off before this begins again.
  await context.database.transaction('read-write', async (session) => {
    const tx = sqlTransaction(session);
    await tx.actForServer();
    const writer = new RowWriter(tx, serverAuthor);
    for (const unit of sampleUnits) await writer.putAsServer('units', unit.id, unit, unit.id);
    for (const person of samplePeople) await writer.putAsServer('people', person.id, person, person.unit);
    await writeDocuments(writer, printed, sha256);
    await writer.putAsServer('meetings', meeting.id, meeting, meeting.unit);
    await writer.publish();
  });
}

const enrolmentSchema = z.object({
  serverUrl: z.string(),
  units: z.array(z.object({ unit: z.string(), codes: z.array(z.string()) })),
});

const codesPerUnit = 8;
const codeLifetimeMs = 10 * 365 * 24 * 3_600_000;

/** Writes `enrolment.json` into the data folder: where the server is, everybody's PIN, unused one-time codes per unit. */
export async function writeEnrolmentFile(
  context: ServerContext,
  data: string,
  serverUrl: string,
): Promise<void> {
  const file = path.join(data, 'enrolment.json');
  const before = enrolmentSchema.safeParse(JSON.parse(await readFile(file, 'utf8').catch(() => 'null')));
  const known = new Map(before.success ? before.data.units.map(({ unit, codes }) => [unit, codes]) : []);
  const units: { unit: string; codes: string[] }[] = [];
  for (const { id } of sampleUnits) {
    const codes = [...(await unusedCodes(context.database, known.get(id) ?? []))];
    while (codes.length < codesPerUnit) {
      const code = newEnrolCode(context.randomBytes);
      await addEnrolCode(context.database, code, id, context.now(), context.now() + codeLifetimeMs);
      codes.push(code);
    }
    units.push({ unit: id, codes });
  }
  await writeFile(`${file}.new`, `${JSON.stringify({ serverUrl, pin: samplePin, units }, null, 2)}\n`, {
    mode: 0o600,
  });
  await rename(`${file}.new`, file);
}
