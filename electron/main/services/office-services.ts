import { existsSync } from 'node:fs';
import path from 'node:path';
import { safeStorage } from 'electron';
import { type BackupRecord, BackupService } from '../../backup/backup-service';
import { type KitRecord, RecoveryKit } from '../../backup/recovery-kit';
import { Device, type DeviceRecord } from '../../identity/device';
import { secretFile } from '../../identity/secret-file';
import { SignIn, type SignInRecord } from '../../identity/sign-in';
import { UnitDevices, type UnitDevicesRecord } from '../../identity/unit-devices';
import { createIntake, type Intake } from '../../intake/take-file';
import { OperationJournal } from '../../journal/operation-journal';
import { readRescue } from '../../journal/rescue';
import { FileExchange } from '../../network/file-exchange';
import { ServerClient } from '../../network/server-client';
import { UploadPlaces } from '../../network/upload-places';
import { type NotesRecord, PrivateNotes } from '../../notes/private-notes';
import { hasContent } from '../../vault/content-folder';
import { deriveKey } from '../../vault/key-wrap';
import { openVault, type Vault } from '../../vault/vault';
import type { CheckJobs } from '../../workers/checks/jobs';
import type { LaunchOptions } from '../app/launch-options';
import type { Log } from '../app/log';
import { places } from '../app/places';
import { startDocumentProcess } from './document-process';
import { createDocumentWorker, type DocumentWorker } from './document-worker';
import { createJobWorker, type JobWorker } from './job-worker';
import { type Keystore, openKeystore } from './keystore';
import { RevocationData, type RevocationDataRecord } from './revocation-data';
import { SignatureChecks } from './signature-checks';
import { openSigningServices, type SigningServices } from './signing-services';
import { Tickets } from './tickets';
import { TrustAnchors, type TrustAnchorsRecord } from './trust-anchors';

/** Everything of this profile that needs the rights of the main process, opened once at start-up. */
export type OfficeServices = SigningServices & {
  readonly profile: string;
  readonly options: LaunchOptions;
  readonly log: Log;
  readonly clock: () => number;
  readonly keystore: Keystore;
  readonly vault: Vault;
  readonly journal: OperationJournal;
  readonly notes: PrivateNotes;
  readonly recoveryKit: RecoveryKit;
  readonly backup: BackupService;
  readonly documents: DocumentWorker;
  readonly intake: Intake;
  readonly device: Device;
  readonly client: ServerClient;
  readonly fileExchange: FileExchange;
  readonly signIn: SignIn;
  readonly unitDevices: UnitDevices;
  readonly trustAnchors: TrustAnchors;
  readonly revocationData: RevocationData;
  /** Checks hostile files, and never sees a key: a process of its own. */
  readonly checker: JobWorker<CheckJobs>;
  readonly signatureChecks: SignatureChecks;
  /** Paths of files that the person chose for a check. */
  readonly chosenFiles: Tickets<string>;
};

const deviceFile = 'device';

/** Opens the profile. Errors: KEY_STORE_LOCKED when its key is missing or another's. */
export async function openOfficeServices(
  profile: string,
  options: LaunchOptions,
  log: Log,
): Promise<OfficeServices> {
  const clock = () => Date.now();
  const keyFolder = path.join(profile, 'keys');
  const vaultFolder = path.join(profile, 'vault');
  const journalFolder = path.join(profile, 'journal');
  const keystore = await openKeystore({
    dir: keyFolder,
    system: safeStorage,
    platform: process.platform,
    hasProtectedData: async () =>
      existsSync(path.join(keyFolder, deviceFile)) || existsSync(journalFolder) || hasContent(vaultFolder),
  });
  const vault = await openVault({ dir: vaultFolder, masterKey: keystore.masterKey() });
  const journalKey = deriveKey(keystore.masterKey(), 'journal key 1');
  const journal = new OperationJournal(journalFolder, journalKey);
  const notes = new PrivateNotes(secretFile<NotesRecord>(keyFolder, 'private-notes', keystore), () =>
    log.warn('private notes damaged'),
  );
  const documents = createDocumentWorker(() =>
    startDocumentProcess(path.join(places.workers, 'documents.js'), 'documents'),
  );
  const trustAnchors = new TrustAnchors(secretFile<TrustAnchorsRecord>(keyFolder, 'trust-anchors', keystore));
  const revocationData = new RevocationData(
    secretFile<RevocationDataRecord>(keyFolder, 'revocation-data', keystore),
  );
  const checker = createJobWorker<CheckJobs>(() =>
    startDocumentProcess(path.join(places.workers, 'checker.js'), 'checker'),
  );
  const chosenFiles = new Tickets<string>();
  const signatureChecks = new SignatureChecks({
    vault,
    checker,
    trustAnchors,
    revocationData,
    chosen: chosenFiles,
    clock,
  });
  const intake = createIntake({
    vault,
    inspect: (input, { signal }) => documents.run('inspect', input, signal === undefined ? {} : { signal }),
    onTaken: ({ kind, sha256 }) => {
      if (kind === 'pdf') signatureChecks.expect(sha256);
    },
  });
  const device = await Device.open(
    secretFile<DeviceRecord>(keyFolder, deviceFile, keystore),
    options.serverUrl,
  );
  const { phase, reason } = await readRescue(profile);
  if (phase === 'restoring' && reason === 'new-machine') await device.takeOver();
  const client = new ServerClient(device, clock);
  const uploadPlaces = new UploadPlaces(path.join(profile, 'uploads'));
  const signIn = new SignIn(secretFile<SignInRecord>(keyFolder, 'sign-in', keystore), clock);
  const kitFile = secretFile<KitRecord>(keyFolder, 'recovery-kit', keystore);
  const recoveryKit = new RecoveryKit(kitFile, () => keystore.masterKey());
  const backup = new BackupService({
    file: secretFile<BackupRecord>(keyFolder, 'backup', keystore),
    kit: recoveryKit,
    profile,
    vault,
    journal,
    masterKey: () => keystore.masterKey(),
    journalKey,
    device: () => device.current(),
    clock,
  });
  return {
    profile,
    options,
    log,
    clock,
    keystore,
    vault,
    journal,
    notes,
    recoveryKit,
    backup,
    documents,
    intake,
    device,
    client,
    fileExchange: new FileExchange({ client, vault, places: uploadPlaces }),
    signIn,
    unitDevices: new UnitDevices(secretFile<UnitDevicesRecord>(keyFolder, 'unit-devices', keystore)),
    ...openSigningServices(keyFolder, keystore),
    trustAnchors,
    revocationData,
    checker,
    signatureChecks,
    chosenFiles,
  };
}
