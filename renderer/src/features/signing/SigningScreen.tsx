import { t } from '../../i18n';
import { TrustStore } from '../checking';
import { Keys } from './keys/Keys';
import { RaisingPart } from './levels/RaisingPart';
import { SettingsPart } from './levels/SettingsPart';
import { Pictures } from './Pictures';
import './signing.css';

/** Chữ ký của tôi: the certificates to sign with on this machine, and the authorities it trusts. */
export function SigningScreen() {
  return (
    <div className="cv-signing-page">
      <header>
        <h1>{t.signing.title}</h1>
        <p className="cv-soft">{t.signing.intro}</p>
      </header>
      <Keys />
      <Pictures />
      <SettingsPart />
      <RaisingPart />
      <TrustStore />
    </div>
  );
}
