import type { TokenCertificate } from '@shared/ipc/signing-values';
import { AppError } from '@shared/result/result';
import { BrowserWindow, dialog } from 'electron';
import { secretTexts } from '../secret/secret-texts';
import type { OfficeServices } from '../services/office-services';
import type { ScannedCertificate } from '../services/token-service';
import type { CurrentPerson } from './device-channels';
import type { Handle } from './handle';
import { newKey } from './key-channels';

/** USB tokens: what is plugged in, and taking a certificate of theirs among the keys. No PIN is needed for that. */
export function registerTokenChannels(handle: Handle, services: OfficeServices, person: CurrentPerson): void {
  const { tokens, tokenDrivers, signingKeys, documents, device } = services;
  const factsOf = ({ certificate, others }: ScannedCertificate) =>
    documents.run('readKey', { certificate, others });

  handle('signing:tokens', async () => {
    const { drivers, certificates } = await tokens.scan(await tokenDrivers.chosen());
    const shown: TokenCertificate[] = [];
    for (const found of certificates) {
      const { subject, issuer, serial, notBefore, notAfter } = await factsOf(found);
      shown.push({
        driver: found.driver,
        token: found.tokenSerial,
        label: found.tokenLabel,
        keyId: found.keyId,
        subject,
        issuer,
        serial,
        notBefore: new Date(notBefore).toISOString(),
        notAfter: new Date(notAfter).toISOString(),
      });
    }
    const problems = drivers.flatMap(({ path, problem }) =>
      problem === null ? [] : [{ driver: path, code: problem }],
    );
    return { certificates: shown, problems };
  });
  handle('signing:choose-driver', async (_input, event) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    const options = { title: secretTexts.chooseDriver, properties: ['openFile' as const] };
    const { canceled, filePaths } =
      window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
    const [driver] = filePaths;
    if (canceled || driver === undefined) return { driver: '' };
    await tokenDrivers.choose(driver);
    return { driver };
  });
  handle('signing:add-token-key', async ({ driver, token, keyId, owner }) => {
    if (person.id === '') throw new AppError('NOT_SIGNED_IN');
    const { certificates } = await tokens.scan(await tokenDrivers.chosen());
    const found = certificates.find(
      (known) => known.driver === driver && known.tokenSerial === token && known.keyId === keyId,
    );
    if (found === undefined) throw new AppError('TOKEN_NOT_PRESENT');
    const holder = owner === 'person' ? person.id : (device.current()?.unit ?? '');
    const source = { kind: 'token', label: found.tokenLabel, driver } as const;
    const key = newKey(await factsOf(found), owner, holder, source);
    return { key: await signingKeys.add(key, { token: { driver, token, keyId } }) };
  });
}
