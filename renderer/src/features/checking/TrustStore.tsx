import { Button } from '@mantine/core';
import { navigate } from '../../app/router';
import { t } from '../../i18n';
import { Part } from '../signing/SigningPart';
import { AnchorPart } from './AnchorPart';
import { checkRoot } from './check-path';
import './checking.css';
import { RevocationPart } from './RevocationPart';
import { useTrust } from './use-trust';

/** What checks rest on: trusted authorities and revocation lists, each brought in and taken out by a person. */
export function TrustStore() {
  const { trust, error } = useTrust();
  return (
    <>
      <Part title={t.checking.title}>
        <div className="cv-row">
          <Button onClick={() => navigate(checkRoot)}>{t.checking.command}</Button>
        </div>
      </Part>
      <AnchorPart anchors={trust?.anchors ?? null} error={error} />
      <RevocationPart lists={trust?.lists ?? null} />
    </>
  );
}
