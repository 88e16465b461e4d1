import { AnchorPart } from './AnchorPart';
import './checking.css';
import { RevocationPart } from './RevocationPart';
import { useTrust } from './use-trust';

/** What checks rest on: trusted authorities and revocation lists, each brought in and taken out by a person. */
export function TrustStore() {
  const { trust, error } = useTrust();
  return (
    <>
      <AnchorPart anchors={trust?.anchors ?? null} error={error} />
      <RevocationPart lists={trust?.lists ?? null} />
    </>
  );
}
